package tutti.cluster;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;

/** The line between one page and its site, and the processor behind it, as Chromium's developer tools can spoil them. */
public final class Line {

    private static final int UNLIMITED = -1;

    private static final int SLOW_4G_DOWN_BYTES_PER_SECOND = 1_600_000 / 8;
    private static final int SLOW_4G_UP_BYTES_PER_SECOND = 750_000 / 8;
    private static final int SLOW_4G_ROUND_TRIP_MILLIS = 150;
    private static final int SLOW_PROCESSOR = 4;

    private final CDPSession tools;

    private Line(CDPSession tools) {
        this.tools = tools;
    }

    public static Line of(Page page) {
        var tools = page.context().newCDPSession(page);
        tools.send("Network.enable");
        return new Line(tools);
    }

    /** Slow 4G, and a processor with a quarter of this machine's speed: what a phone of years ago has in the country. */
    public void isOfASlowPhone() {
        is(SLOW_4G_ROUND_TRIP_MILLIS, SLOW_4G_DOWN_BYTES_PER_SECOND, SLOW_4G_UP_BYTES_PER_SECOND);
        var rate = new JsonObject();
        rate.addProperty("rate", SLOW_PROCESSOR);
        tools.send("Emulation.setCPUThrottlingRate", rate);
    }

    /** No more than this gets out; what comes in is as fast as ever. */
    void sends(int bytesPerSecond) {
        is(0, UNLIMITED, bytesPerSecond);
    }

    void isAsUsual() {
        is(0, UNLIMITED, UNLIMITED);
    }

    private void is(int roundTripMillis, int downBytesPerSecond, int upBytesPerSecond) {
        var conditions = new JsonObject();
        conditions.addProperty("offline", false);
        conditions.addProperty("latency", roundTripMillis);
        conditions.addProperty("downloadThroughput", downBytesPerSecond);
        conditions.addProperty("uploadThroughput", upBytesPerSecond);
        tools.send("Network.emulateNetworkConditions", conditions);
    }
}
