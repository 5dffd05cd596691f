package tutti.cluster;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tutti.pictures.GeneratedPhotos;

/** Makes requests up, each from its own number: some that could be a client's, and most of them damaged somewhere. */
final class Fuzzer {

    private static final List<String> METHODS = List.of(
            "GET", "GET", "GET", "HEAD", "POST", "POST", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW",
            "");

    private static final List<String> PATHS = List.of(
            "/",
            "/gallery",
            "/me",
            "/hand-over",
            "/e/{event}",
            "/p/{event}",
            "/wall/{event}",
            "/home/{event}",
            "/e/{event}/news",
            "/event.xhtml",
            "/WEB-INF/web.xml",
            "/jakarta.faces.resource/tutti.css?ln=tutti",
            "/jakarta.faces.resource/{odd}?ln={odd}",
            "/admin",
            "/admin/login",
            "/admin/{odd}",
            "/openapi",
            "/health/ready",
            "/api/v1",
            "/api/v1/events",
            "/api/v1/events/{event}",
            "/api/v1/events/{event}/photos",
            "/api/v1/events/{event}/photos",
            "/api/v1/events/{event}/photos",
            "/api/v1/events/{event}/photos/{photo}",
            "/api/v1/events/{event}/photos/{photo}/tile",
            "/api/v1/events/{event}/photos/{photo}/original",
            "/api/v1/events/{event}/photos/originals",
            "/api/v1/events/{event}/montage?size={odd}",
            "/api/v1/events/{event}/votes",
            "/api/v1/events/{event}/votes",
            "/api/v1/events/{event}/ballots",
            "/api/v1/events/{event}/receipt",
            "/api/v1/events/{event}/receipts/{odd}",
            "/api/v1/events/{event}/publication",
            "/api/v1/events/{event}/contributors/me",
            "/api/v1/published?limit={odd}&after={odd}",
            "/api/v1/{odd}",
            "/internal/v1/ping",
            "/internal/v1/report",
            "/internal/v1/events",
            "/internal/v1/events/{event}/prepare",
            "/internal/v1/events/{event}/decision",
            "/internal/v1/events/{event}/question",
            "/internal/v1/events/{event}/report",
            "/internal/v1/events/{event}/opened",
            "/internal/v1/events/{event}/frozen",
            "/internal/v1/digests",
            "/internal/v1/bytes/{odd}",
            "/{odd}");

    private static final List<String> ODD = List.of(
            "",
            "0",
            "-1",
            "640",
            "99999999999999999999",
            "NaN",
            "null",
            "%00",
            "%",
            "%zz",
            "..%2f..%2f..%2fetc%2fpasswd",
            "../../../../etc/passwd",
            "a;b=c",
            "<script>alert(1)</script>",
            "%C0%AE%C0%AE",
            "%ED%A0%80",
            "${jndi:ldap://127.0.0.1/a}",
            "#{7*7}",
            "' OR 1=1 --",
            "\u2028\u202e",
            "A".repeat(9_000));

    private static final List<String> TYPES = List.of(
            "application/json",
            "application/json;charset=utf-16",
            "application/xml",
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "multipart/form-data; boundary=",
            Multipart.type(),
            Multipart.type(),
            "image/jpeg",
            "*/*",
            "nonsense",
            "");

    private static final List<String> JSON = List.of(
            "{\"title\":\"Fuzz\",\"votingSeconds\":60}",
            "{\"title\":\"Fuzz\",\"description\":\"\",\"maxContributors\":10,\"layout\":\"rows\",\"date\":\"2026-07-18\"}",
            "{\"choice\":\"accept\",\"ballot\":1}",
            "{\"title\":{\"a\":[1,2,{\"b\":null}]},\"votingSeconds\":1e400}",
            "{\"title\":\"\\ud800\",\"votingSeconds\":-0.5}",
            "[".repeat(5_000),
            "{\"a\":".repeat(2_000),
            "{\"title\":\"a\",\"title\":\"b\"}",
            "\"\u0000\"",
            "9".repeat(5_000));

    /** Forms of pages, by the path that they are sent to: their fields, and what a browser would send for them. */
    private static final Map<String, List<String>> FORMS = Map.of(
            "/",
            List.of(
                    "create=create",
                    "create:title=Fuzz",
                    "create:description=",
                    "create:maxContributors=10",
                    "create:votingSeconds=own",
                    "create:ownVotingSeconds=60",
                    "create:layout=rows",
                    "create:background=night",
                    "create:textLine=",
                    "create:date=2026-07-18",
                    "create:submit=Create"),
            "/e/{event}",
            List.of("vote=vote", "vote:ballot=1", "vote:digest=" + "0".repeat(64), "vote:accept=Accept"),
            "/me",
            List.of("wish=look", "key=", "event="),
            "/hand-over",
            List.of("token="),
            "/admin/login",
            List.of("login=login", "login:name=Fuzz", "login:password=", "login:enter=Log+in"));

    private final String event;
    private final String photo;
    private final String secret;
    private final List<byte[]> pictures;

    /** @param secret of somebody who has a photo in the event */
    Fuzzer(String event, String photo, String secret) {
        this.event = event;
        this.photo = photo;
        this.secret = secret;
        pictures = List.of(
                GeneratedPhotos.noiseOfBytes(4_000, 1),
                GeneratedPhotos.noiseOfBytes(40_000, 2),
                GeneratedPhotos.pngBomb(),
                Photos.ofAPhone(),
                Photos.withPosition());
    }

    /** All bytes of the request with this number, as they go over the line. */
    byte[] request(long number) {
        var random = new Random(number);
        if (random.nextInt(5) == 0) {
            return form(random);
        }
        var body = body(random);
        var head = head(any(METHODS, random), any(PATHS, random), random);
        headers(random).forEach(header -> head.append(header).append("\r\n"));
        head.append(framing(random, body.length)).append("\r\n");
        var request = new ByteArrayOutputStream();
        request.writeBytes(damaged(head.toString().getBytes(StandardCharsets.UTF_8), random, 12));
        request.writeBytes(body);
        return request.toByteArray();
    }

    private StringBuilder head(String method, String path, Random random) {
        return new StringBuilder(method)
                .append(' ')
                .append(path(path, random))
                .append(random.nextInt(40) == 0 ? " HTTP/9.9" : " HTTP/1.1")
                .append("\r\nHost: localhost\r\nConnection: close\r\n");
    }

    /** The form of a page as a whole, but for some of its fields, which are left out, left blank or filled in oddly. */
    private byte[] form(Random random) {
        var path = any(FORMS.keySet().stream().sorted().toList(), random);
        var fields = new ArrayList<String>();
        for (var field : FORMS.get(path)) {
            var name = field.substring(0, field.indexOf('=') + 1);
            switch (random.nextInt(12)) {
                case 0 -> {}
                case 1 -> fields.add(name);
                case 2 -> fields.add(name + any(ODD, random));
                default -> fields.add(field);
            }
        }
        if (random.nextInt(10) > 0) {
            fields.add("jakarta.faces.ViewState=stateless");
        }
        var body = String.join("&", fields).getBytes(StandardCharsets.UTF_8);
        var head = head("POST", path, random)
                .append("Cookie: tutti_user=" + secret)
                .append("\r\nX-Forwarded-For: 192.0.2.7") // not counted with the logins of this machine
                .append("\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length)
                .append("\r\n\r\n");
        var request = new ByteArrayOutputStream();
        request.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
        request.writeBytes(body);
        return request.toByteArray();
    }

    private String path(String pattern, Random random) {
        var path = pattern.replace("{event}", id(event, random)).replace("{photo}", id(photo, random));
        return path.replace("{odd}", any(ODD, random).replace(' ', '+'));
    }

    private static String id(String real, Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> any(ODD, random).replace(' ', '+');
            case 1 -> new StringBuilder(real).reverse().toString();
            default -> real;
        };
    }

    private List<String> headers(Random random) {
        var headers = new ArrayList<String>();
        if (random.nextInt(3) > 0) {
            headers.add("Cookie: tutti_user=" + (random.nextInt(5) == 0 ? any(ODD, random) : secret));
        }
        if (random.nextInt(3) > 0) {
            headers.add("Content-Type: " + any(TYPES, random));
        }
        for (var name : List.of(
                "Accept",
                "Accept-Language",
                "Accept-Encoding",
                "Origin",
                "If-Match",
                "If-None-Match",
                "Range",
                "X-Forwarded-For",
                "X-Forwarded-Proto",
                "Upgrade",
                "Expect",
                "Faces-Request",
                "Tutti-Signature",
                "Authorization")) {
            if (random.nextInt(12) == 0) {
                headers.add(name + ": " + any(ODD, random));
            }
        }
        return headers;
    }

    private static String framing(Random random, int length) {
        return switch (random.nextInt(30)) {
            case 0 -> "Content-Length: " + (length + 1 + random.nextInt(100)) + "\r\n";
            case 1 -> "Content-Length: -1\r\n";
            case 2 -> "Transfer-Encoding: chunked\r\n";
            case 3 -> "Content-Length: " + length + "\r\nContent-Length: 0\r\n";
            case 4 -> "";
            default -> "Content-Length: " + length + "\r\n";
        };
    }

    private byte[] body(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new byte[0];
            case 1 -> damaged(any(JSON, random).getBytes(StandardCharsets.UTF_8), random, 3);
            case 2 -> {
                var form = Multipart.photo(damaged(any(pictures, random), random, 2))
                        .field("name", any(ODD, random))
                        .field("caption", any(ODD, random));
                yield damaged(form.ended(), random, 6);
            }
            default ->
                ("jakarta.faces.ViewState=" + any(ODD, random) + "&" + any(ODD, random) + "=" + any(ODD, random))
                        .getBytes(StandardCharsets.UTF_8);
        };
    }

    /** Mostly as it was; of so many, one gets bytes changed, lost or doubled. */
    private static byte[] damaged(byte[] bytes, Random random, int oneIn) {
        if (bytes.length == 0 || random.nextInt(oneIn) > 0) {
            return bytes;
        }
        var damaged = bytes.clone();
        switch (random.nextInt(3)) {
            case 0 -> {
                for (var i = random.nextInt(8); i >= 0; i--) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                }
            }
            case 1 -> damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
            default -> {
                var from = random.nextInt(damaged.length);
                var twice = new ByteArrayOutputStream();
                twice.write(bytes, 0, from);
                twice.write(bytes, from / 2, bytes.length - from / 2);
                damaged = twice.toByteArray();
            }
        }
        return damaged;
    }

    private static <T> T any(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }
}
