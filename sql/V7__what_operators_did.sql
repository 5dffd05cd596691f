-- What operators did at this site's console, written down before it is done. It is this site's alone, and nothing removes it.

CREATE TABLE audit (
    id       BIGINT        NOT NULL AUTO_INCREMENT PRIMARY KEY,
    at_us    BIGINT        NOT NULL,
    operator VARCHAR(160)  NOT NULL COMMENT 'as they call themselves',
    address  VARCHAR(60)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    action   VARCHAR(40)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    detail   VARCHAR(2000) NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;
