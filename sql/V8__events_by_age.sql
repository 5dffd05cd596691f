-- For the console's list of events, which begins with the newest.

CREATE INDEX event_created ON event (created_us);
