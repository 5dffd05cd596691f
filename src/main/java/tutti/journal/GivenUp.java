package tutti.journal;

import tutti.event.EventId;
import tutti.photo.Sha256;

/** Bytes that an erasure in an event has given up, and all that was made of them there. */
public record GivenUp(EventId event, Sha256 bytes) {}
