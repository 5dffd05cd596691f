package tutti.cluster;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A form with files, as a browser sends it. */
public final class Multipart {

    private static final String BORDER = "----tutti-7MA4YWxkTrZu0gW";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    public static Multipart photo(byte[] file) {
        return new Multipart().file("photo", "photo.jpg", "image/jpeg", file);
    }

    Multipart file(String part, String fileName, String type, byte[] file) {
        write("--" + BORDER + "\r\nContent-Disposition: form-data; name=\"" + part + "\"; filename=\"" + fileName
                + "\"\r\nContent-Type: " + type + "\r\n\r\n");
        bytes.writeBytes(file);
        write("\r\n");
        return this;
    }

    public Multipart field(String part, String value) {
        write("--" + BORDER + "\r\nContent-Disposition: form-data; name=\"" + part + "\"\r\n\r\n" + value + "\r\n");
        return this;
    }

    public byte[] ended() {
        write("--" + BORDER + "--\r\n");
        return bytes.toByteArray();
    }

    public static String type() {
        return "multipart/form-data; boundary=" + BORDER;
    }

    private void write(String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
