package tutti.cluster;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Page;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** What a page has fetched, as it travelled: compressed, and with the heads of the answers. */
public final class Traffic {

    private final Map<String, String> addresses = new HashMap<>();
    private final Map<String, Long> bytes = new HashMap<>();

    private Traffic() {}

    /** Counts from now on. */
    public static Traffic of(Page page) {
        var traffic = new Traffic();
        var tools = page.context().newCDPSession(page);
        tools.on("Network.requestWillBeSent", traffic::asked);
        tools.on("Network.loadingFinished", traffic::answered);
        tools.send("Network.enable");
        return traffic;
    }

    private void asked(JsonObject request) {
        addresses.put(
                request.get("requestId").getAsString(),
                request.getAsJsonObject("request").get("url").getAsString());
    }

    private void answered(JsonObject end) {
        bytes.put(
                end.get("requestId").getAsString(), end.get("encodedDataLength").getAsLong());
    }

    /** Bytes of all answers from such addresses that did not come from a cache. */
    public long bytes(Predicate<String> address) {
        return bytes.entrySet().stream()
                .filter(one -> address.test(addresses.getOrDefault(one.getKey(), "")))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    public void forget() {
        bytes.clear();
    }

    @Override
    public String toString() {
        return bytes.entrySet().stream()
                .map(one -> one.getValue() + " " + addresses.get(one.getKey()))
                .sorted()
                .toList()
                .toString();
    }
}
