-- The outcome that an operator has this site show while it is in doubt, apart from what is decided; and whether the decision that
-- has come since is the other one.
ALTER TABLE commitment ADD COLUMN forced VARCHAR(9) CHARACTER SET ascii COLLATE ascii_bin NULL, ADD COLUMN mixed BOOLEAN NOT NULL DEFAULT FALSE;
