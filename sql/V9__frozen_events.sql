-- Whether an operator has stopped the event at this site: nothing is added, voted on or published until it goes on.
ALTER TABLE event ADD COLUMN frozen BOOLEAN NOT NULL DEFAULT FALSE;
