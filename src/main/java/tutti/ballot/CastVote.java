package tutti.ballot;

import java.time.Instant;
import tutti.montage.Digest;
import tutti.photo.ContributorId;

/** One contributor's word on one exact montage. Once stored it is never changed. */
public record CastVote(ContributorId contributor, Choice choice, Digest digest, Instant castAt) {}
