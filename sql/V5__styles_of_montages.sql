-- How the montage of an event looks, chosen when it is created. Those that are older look as they always did.

ALTER TABLE event
    ADD COLUMN layout     VARCHAR(12)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'mosaic',
    ADD COLUMN background VARCHAR(12)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'paper',
    ADD COLUMN text_line  VARCHAR(255) NOT NULL DEFAULT '' COMMENT 'painted on the montage, with the day where there is one',
    ADD COLUMN held_on    DATE         NULL COMMENT 'the day of the event, wherever it was';
