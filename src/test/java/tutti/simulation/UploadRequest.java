package tutti.simulation;

import java.util.SortedSet;
import java.util.TreeSet;
import tutti.commit.Reason;
import tutti.commit.SiteName;
import tutti.event.Refusal;
import tutti.photo.Photo;
import tutti.replica.Proposed;
import tutti.replica.Transaction;

/** One user's request to add one photo at one site, until it is answered or its site dies. */
final class UploadRequest {

    private final World world;
    private final Site site;
    private final Photo photo;
    private final long since;
    private int tries = 3;

    UploadRequest(World world, Site site, Photo photo) {
        this.world = world;
        this.site = site;
        this.photo = photo;
        this.since = world.agenda().now();
    }

    void begin() {
        site.keepBytes(photo.picture().sha256());
        world.acknowledged().sends(photo.id());
        distribute();
    }

    private void distribute() {
        world.network().distribute(site, photo.picture().sha256(), missing -> {
            if (!site.hasBytes(photo.picture().sha256())) {
                // Erased while they were being sent around: nothing is stored.
                world.acknowledged().sent(photo.id());
            } else if (missing.isEmpty()) {
                answer(site.step(
                        "proposes " + photo.id(), Named.NOTHING, replica -> replica.propose(photo, site.now())));
            } else {
                keepWaiting(missing);
            }
        });
    }

    private void keepWaiting(SortedSet<SiteName> missing) {
        answer(site.step(
                "keeps " + photo.id() + ", missing " + missing,
                Named.NOTHING,
                replica -> replica.keepWaiting(photo, missing)));
    }

    private void answer(Proposed proposed) {
        if (proposed instanceof Proposed.Begun begun) {
            site.whenDecided(begun.id(), this::decided);
        } else if (proposed instanceof Proposed.Running running) {
            world.count(RarePath.SAME_PHOTO_TWICE_AT_ONE);
            site.whenDecided(running.id(), this::decided);
        } else if (proposed instanceof Proposed.AlreadyThere there) {
            world.acknowledged().isIn(site, there.photo().id(), since);
            world.acknowledged().sent(photo.id());
        } else if (proposed instanceof Proposed.Waiting) {
            world.acknowledged().isWaiting(site, photo);
            world.acknowledged().sent(photo.id());
        } else if (proposed instanceof Proposed.Refused refused) {
            world.countIf(refused.refusal() == Refusal.ERASED, RarePath.SENT_AFTER_ERASURE);
            world.countIf(
                    refused.again() && site.disk().photos().containsKey(photo.id()), RarePath.SENT_AGAIN_WHILE_LEAVING);
            if (refused.again() && refused.refusal() != Refusal.VOTING_IN_PROGRESS) {
                again();
            } else {
                world.acknowledged().sent(photo.id());
            }
        }
    }

    private void decided(Transaction transaction) {
        if (transaction.promise().isCommitted()) {
            world.acknowledged().isIn(site, photo.id(), since);
            world.acknowledged().sent(photo.id());
        } else if (transaction.reason().filter(Reason::again).isPresent()
                && !transaction.reason().get().code().equals("voting-in-progress")) {
            again();
        } else {
            world.acknowledged().sent(photo.id());
        }
    }

    private void again() {
        tries--;
        world.agenda().in(world.chance().between(50, 1_500), site.ifAlive(() -> {
            if (tries > 0) {
                distribute();
            } else if (!site.hasBytes(photo.picture().sha256())) {
                world.acknowledged().sent(photo.id());
            } else {
                keepWaiting(new TreeSet<>());
            }
        }));
    }
}
