package tutti.ballot;

/** What a contributor can say to a montage. */
public enum Choice {
    ACCEPT,
    REJECT
}
