package tutti.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tutti.photo.Sha256;
import tutti.pictures.PhotoFiles;
import tutti.pictures.Room;

/** A process of its own that keeps a photo, as a site does. */
final class PhotoKeeper {

    private PhotoKeeper() {}

    /** Takes the folder of photos, a file with a photo, and {@code keep} or {@code keep-on}. */
    public static void main(String[] arguments) throws IOException {
        var files = new PhotoFiles(Path.of(arguments[0]), Room.onDisk());
        var photo = Path.of(arguments[1]);
        if (arguments[2].equals("keep")) {
            try (var in = Files.newInputStream(photo);
                    var received = files.receive(in, Files.size(photo))) {
                files.keep(received);
            }
        } else if (!files.keepOn(Sha256.of(Files.readAllBytes(photo)).hex())) {
            throw new IllegalStateException("the photo is not here");
        }
    }
}
