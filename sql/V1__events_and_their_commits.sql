-- One site's memory. Times are microseconds since 1970 UTC by this database's clock, except where a peer's came along with
-- a photo or an event. Ids are compared byte by byte. Lists of sites or people are short and separated by blanks.

CREATE TABLE event (
    id               VARCHAR(22)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    phase            VARCHAR(12)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'ABSENT',
    title            VARCHAR(255)  NULL,
    description      TEXT          NULL,
    max_contributors INT           NULL,
    voting_seconds   INT           NULL,
    master           VARCHAR(31)   CHARACTER SET ascii COLLATE ascii_bin NULL,
    creator          VARCHAR(43)   CHARACTER SET ascii COLLATE ascii_bin NULL,
    created_us       BIGINT        NULL,
    published_us     BIGINT        NULL,
    last_ended       INT           NOT NULL DEFAULT 0,
    attempts         BIGINT        NOT NULL DEFAULT 0,
    changes          INT           NOT NULL DEFAULT 0,
    revision         BIGINT        NOT NULL DEFAULT 0,
    owed_since_us    BIGINT        NULL COMMENT 'since when something is owed to peers without success',
    due_us           BIGINT        NULL COMMENT 'when the sweep looks at it next; null where nothing is owed',
    KEY event_due (due_us),
    KEY event_creator (creator, created_us),
    KEY event_published (published_us, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

CREATE TABLE photo (
    event_id    VARCHAR(22)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    id          VARCHAR(43)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    contributor VARCHAR(43)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name        VARCHAR(255) NOT NULL,
    caption     VARCHAR(600) NOT NULL,
    site        VARCHAR(31)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    uploaded_us BIGINT       NOT NULL,
    type        VARCHAR(40)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    width       INT          NOT NULL,
    height      INT          NOT NULL,
    bytes       BIGINT       NOT NULL,
    sha256      VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (event_id, id),
    KEY photo_contributor (contributor, event_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COMMENT 'committed photos';

CREATE TABLE upload (
    event_id    VARCHAR(22)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    id          VARCHAR(43)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    contributor VARCHAR(43)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name        VARCHAR(255) NOT NULL,
    caption     VARCHAR(600) NOT NULL,
    site        VARCHAR(31)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    uploaded_us BIGINT       NOT NULL,
    type        VARCHAR(40)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    width       INT          NOT NULL,
    height      INT          NOT NULL,
    bytes       BIGINT       NOT NULL,
    sha256      VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    refusal     VARCHAR(40)  CHARACTER SET ascii COLLATE ascii_bin NULL,
    waiting_for VARCHAR(600) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (event_id, id),
    KEY upload_contributor (contributor, event_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COMMENT 'photos sent to this site that are not in yet, or never will be';

CREATE TABLE ballot (
    event_id    VARCHAR(22)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    number      INT          NOT NULL,
    digest      VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NULL,
    state       VARCHAR(12)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    reason      VARCHAR(40)  CHARACTER SET ascii COLLATE ascii_bin NULL,
    opened_us   BIGINT       NULL,
    deadline_us BIGINT       NULL,
    ended_us    BIGINT       NULL,
    accepted    TEXT         CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    reported    INT          NOT NULL,
    announced   VARCHAR(600) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    publish     VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin NULL,
    PRIMARY KEY (event_id, number),
    KEY ballot_open (state, deadline_us)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

CREATE TABLE vote (
    event_id    VARCHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    ballot      INT         NOT NULL,
    contributor VARCHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    choice      VARCHAR(8)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    digest      VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    cast_us     BIGINT      NOT NULL,
    PRIMARY KEY (event_id, ballot, contributor)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COMMENT 'votes taken at this site; written once, never changed';

CREATE TABLE commitment (
    event_id     VARCHAR(22)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    id           VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state        VARCHAR(12)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    live         BOOLEAN      NOT NULL COMMENT 'a hold, or an outcome that some peer has not acknowledged',
    content      TEXT         NULL     COMMENT 'the change, as JSON; null for a tombstone whose prepare never came',
    peers        VARCHAR(600) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'at the coordinator only',
    acknowledged VARCHAR(600) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'at the coordinator only',
    deadline_us  BIGINT       NULL     COMMENT 'at the coordinator only',
    carried      INT          NOT NULL,
    reason       VARCHAR(40)  CHARACTER SET ascii COLLATE ascii_bin NULL,
    reason_again BOOLEAN      NOT NULL DEFAULT FALSE,
    since_us     BIGINT       NOT NULL,
    decided_us   BIGINT       NULL,
    PRIMARY KEY (event_id, id),
    KEY commitment_live (event_id, live)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COMMENT 'what this site has promised or decided, one row a transaction';
