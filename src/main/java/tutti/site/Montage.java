package tutti.site;

import java.nio.file.Path;
import tutti.montage.Digest;

/** A painted montage: a JPEG file, and the digest of what is on it. */
public record Montage(Digest digest, Path file) {}
