-- Whose data an event has given up: names, captions and digests are empty then, wherever they were. What has named the bytes
-- of such photos is gone after that step, so they are listed until they are surely off the disk, with all that was made of them.

ALTER TABLE event
    ADD COLUMN erasing TEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'those whose data is to go',
    ADD COLUMN erased  TEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'those whose data is gone';

CREATE TABLE erased_bytes (
    event_id VARCHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    sha256   VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    since_us BIGINT      NOT NULL,
    PRIMARY KEY (event_id, sha256)
) ENGINE = InnoDB COMMENT 'bytes to be removed, unless another photo names them';
