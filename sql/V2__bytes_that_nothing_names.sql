-- Photos' bytes are files on shelves, named after the first two digits of their digests. Whoever names bytes in a row locks their
-- shelf's row shared; whoever removes a file locks it exclusively, and then looks once more for rows that name it.

CREATE TABLE shelf (
    name CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY
) ENGINE = InnoDB COMMENT 'locks only; never written';

INSERT INTO shelf (name)
WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < 255)
SELECT LOWER(LPAD(HEX(n), 2, '0')) FROM numbers;

ALTER TABLE photo ADD KEY photo_bytes (sha256);
ALTER TABLE upload ADD KEY upload_bytes (sha256);
ALTER TABLE commitment
    ADD COLUMN sha256 VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin AS (JSON_VALUE(content, '$.sha256')) VIRTUAL,
    ADD KEY commitment_bytes (sha256);
