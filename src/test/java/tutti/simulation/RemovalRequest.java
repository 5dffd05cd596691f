package tutti.simulation;

import tutti.photo.Photo;
import tutti.replica.Proposed;
import tutti.replica.Transaction;

/** One user's request to take one photo out again, until it is answered or its site dies. */
final class RemovalRequest {

    private final World world;
    private final Site site;
    private final Photo photo;
    private int tries = 3;

    RemovalRequest(World world, Site site, Photo photo) {
        this.world = world;
        this.site = site;
        this.photo = photo;
    }

    void begin() {
        if (!site.isUp()) {
            return;
        }
        var proposed = site.step(
                "removes " + photo.id(),
                Named.NOTHING,
                replica -> replica.remove(photo.id(), photo.contributor(), site.now()));
        if (proposed instanceof Proposed.Begun begun) {
            site.whenDecided(begun.id(), this::decided);
        } else if (proposed instanceof Proposed.Running running) {
            site.whenDecided(running.id(), this::decided);
        } else if (proposed instanceof Proposed.Refused refused && refused.again()) {
            again();
        }
    }

    private void decided(Transaction transaction) {
        if (transaction.promise().isCommitted()) {
            world.acknowledged().isTakenBack(photo.id());
        } else {
            again();
        }
    }

    private void again() {
        tries--;
        if (tries > 0) {
            world.agenda().in(world.chance().between(50, 1_500), site.ifAlive(this::begin));
        }
    }
}
