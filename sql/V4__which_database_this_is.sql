-- A site whose disk is lost comes back with another database, which knows nothing of what the site has promised. So each
-- database has a name of its own, made at random, and sites remember which one of a peer's they deal with.

CREATE TABLE this_database (
    id          TINYINT     NOT NULL PRIMARY KEY DEFAULT 1,
    incarnation CHAR(32)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state       VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'SERVING, REBUILDING from the peers, or RESTORED and to be rebuilt',
    rebuilt_to  VARCHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'the last event that is here again'
) ENGINE = InnoDB COMMENT 'one row';

INSERT INTO this_database (incarnation, state, rebuilt_to)
VALUES (LEFT(SHA2(CONCAT(UUID(), RAND(), SYSDATE(6), CONNECTION_ID()), 256), 32), 'SERVING', '');

CREATE TABLE incarnation (
    site   VARCHAR(31) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name   CHAR(32)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    newest BOOLEAN     NOT NULL COMMENT 'what the others have said counts no more',
    PRIMARY KEY (site, name)
) ENGINE = InnoDB COMMENT 'the databases that peers have had';
