package tutti.peers;

import jakarta.enterprise.context.ApplicationScoped;

/** One caller class for each peer that a site may have; see {@link PeerCaller} for why they are classes. */
final class PeerCallers {

    private PeerCallers() {}

    @ApplicationScoped
    public static class First extends PeerCaller {}

    @ApplicationScoped
    public static class Second extends PeerCaller {}

    @ApplicationScoped
    public static class Third extends PeerCaller {}

    @ApplicationScoped
    public static class Fourth extends PeerCaller {}

    @ApplicationScoped
    public static class Fifth extends PeerCaller {}

    @ApplicationScoped
    public static class Sixth extends PeerCaller {}

    @ApplicationScoped
    public static class Seventh extends PeerCaller {}
}
