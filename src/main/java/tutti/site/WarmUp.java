package tutti.site;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.imageio.ImageIO;
import tutti.event.EventDetails;
import tutti.event.EventId;
import tutti.journal.ReplicaJournal;
import tutti.journal.StorageUnavailable;
import tutti.montage.Background;
import tutti.montage.Frame;
import tutti.montage.LayoutKind;
import tutti.montage.Style;
import tutti.photo.ContributorId;
import tutti.photo.Photo;
import tutti.photo.PhotoId;
import tutti.photo.Picture;
import tutti.photo.Sha256;
import tutti.pictures.BadPicture;
import tutti.pictures.MontagePainter;
import tutti.pictures.TileMaker;
import tutti.replica.EventReplica;

/**
 * Goes through the motions once before the first user comes: a cold JVM on a busy machine needs longer for its first prepare
 * than peers wait for one.
 */
@Startup
@Singleton
@DependsOn({"Migrations", "SiteStart"})
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class WarmUp {

    private static final Logger LOG = Logger.getLogger(WarmUp.class.getName());
    private static final Style REHEARSED =
            new Style(LayoutKind.MOSAIC, Background.PAPER, "Rehearsal", Optional.empty());
    private static final int ROUNDS = 20;
    private static final EventId NOBODYS = new EventId("-".repeat(22));

    @Inject
    private ReplicaJournal journal;

    @Inject
    private TileMaker tiles;

    @Inject
    private SiteConfig config;

    @PostConstruct
    void rehearse() {
        try {
            for (var round = 0; round < ROUNDS; round++) {
                journal.rehearse(NOBODYS, this::createAndAdd);
            }
            paint();
        } catch (StorageUnavailable | IOException | BadPicture e) {
            LOG.log(Level.WARNING, "TUTTI004 the rehearsal failed; the first requests will be slow", e);
        }
    }

    private Integer createAndAdd(EventReplica replica, Instant now) {
        var somebody = ContributorId.ofCookie("rehearsal");
        replica.create(new EventDetails("Rehearsal", "", 1, 60, REHEARSED, config.self(), somebody, now), now);
        var sha256 = Sha256.of("rehearsal");
        var photo = new Photo(
                PhotoId.of(NOBODYS.value(), somebody, sha256),
                somebody,
                "",
                "",
                config.self(),
                now,
                new Picture("image/jpeg", 1, 1, 1, sha256));
        replica.propose(photo, now);
        return replica.errands(now).size();
    }

    private void paint() throws IOException, BadPicture {
        var file = Files.createTempFile("rehearsal", ".jpg");
        try {
            var image = new BufferedImage(1600, 1200, BufferedImage.TYPE_INT_RGB);
            ImageIO.write(image, "jpeg", file.toFile());
            Files.write(file, tiles.make(file).tile());
            new MontagePainter(Frame.standard(), 1).paint(REHEARSED, List.of(List.of(file), List.of(file)));
        } finally {
            Files.delete(file);
        }
    }
}
