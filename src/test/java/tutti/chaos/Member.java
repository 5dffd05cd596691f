package tutti.chaos;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import tutti.cluster.Site;
import tutti.photo.PhotoId;
import tutti.photo.Sha256;
import tutti.pictures.GeneratedPhotos;

/**
 * A user who looks at the group's event and then does what one does: adds some photos, takes one back, votes when all have
 * added theirs, or too early, or not at all, or against it, and may regret it; does things twice, and at the wrong site.
 */
final class Member {

    private static final int PHOTO_BYTES = 4_000;
    private static final int PHOTOS_MOST = 6;
    private static final String MISSING = "missing";

    private final Group group;
    private final Visitor visitor;
    private final Visitor stranger;
    private final Site own;
    private final Random random;

    private Site site;

    private String event = "";
    private byte[] photo = {};
    /** The photos of his that some site may have, by their ids, in order. */
    private final Map<PhotoId, byte[]> sent = new TreeMap<>();

    private boolean heldUp;
    private int photosWanted;
    private int ballot;
    private String mood = "";

    Member(Group group, Visitor visitor, Visitor stranger, Site site, Random random) {
        this.group = group;
        this.visitor = visitor;
        this.stranger = stranger;
        this.own = site;
        this.site = site;
        this.random = random;
    }

    /** Does one thing, or two. Where a site does not answer well, goes to another one, and comes back some time. */
    Pace act() {
        heldUp = false;
        var pace = paceAfterActing();
        return heldUp ? Pace.HELD_UP : pace;
    }

    private Pace paceAfterActing() {
        if (random.nextInt(8) == 0) {
            site = own;
        }
        var party = group.party();
        if (party.isPresent()) {
            return at(party.get());
        }
        if (group.isHost(this)) {
            create();
        }
        return Pace.ADDING;
    }

    private void create() {
        noted(visitor.create(site, "Party " + random.nextInt(1_000_000), 5 + random.nextInt(10)))
                .subject()
                .ifPresentOrElse(group::goTo, this::goElsewhere);
    }

    private Operation noted(Operation answer) {
        heldUp |= answer.isUnknown() || answer.isKeptWaiting();
        return answer;
    }

    private void goElsewhere() {
        site = anySite();
    }

    private Pace at(Party party) {
        if (!party.event().equals(event)) {
            event = party.event();
            photosWanted = 1 + random.nextInt(PHOTOS_MOST);
            photo = nextPhoto();
            sent.clear();
            ballot = 0;
        }
        var look = visitor.look(site, event);
        if (random.nextInt(6) == 0) {
            spy(party);
        }
        if (!look.isSeen()) {
            goElsewhere();
            return Pace.ADDING;
        }
        var view = look.told();
        var status = view.getString("status");
        switch (status) {
            case "open" -> contribute(party, view);
            case "voting" -> voteOrTryToAdd(party, view);
            case "published" -> {
                stranger.peek(anySite(), event);
                if (random.nextInt(4) == 0) {
                    visitor.takeDown(site, event);
                    stranger.peek(anySite(), event);
                }
                group.leave(party);
            }
            case "taken-down" -> {
                stranger.peek(anySite(), event);
                group.leave(party);
            }
            default -> {} // it is being created
        }
        return pace(status, view);
    }

    private Pace pace(String status, JsonObject view) {
        if (status.equals("voting")) {
            return hasVoted(view) ? Pace.WAITING : Pace.VOTING;
        }
        return photosWanted > 0 || isForAll(view) ? Pace.ADDING : Pace.WAITING;
    }

    private static boolean hasVoted(JsonObject view) {
        return !Objects.equals(view.getJsonObject("you").getString("vote", MISSING), MISSING);
    }

    private boolean isForAll(JsonObject view) {
        return view.getInt("contributorCount") == group.members().size();
    }

    private void voteOrTryToAdd(Party party, JsonObject view) {
        if (random.nextInt(8) == 0) {
            upload(party, site);
        } else {
            vote(view);
        }
    }

    private void contribute(Party party, JsonObject view) {
        if (party.isFickle() && !sent.isEmpty() && random.nextInt(12) == 0) {
            takeBack();
        } else if (photosWanted > 0) {
            upload(party, random.nextInt(12) == 0 ? anySite() : site);
        } else if (isForAll(view) || random.nextInt(10) == 0) {
            vote(view);
        }
    }

    /** One of his own, and perhaps it comes again. */
    private void takeBack() {
        var own = List.copyOf(sent.keySet());
        var gone = own.get(random.nextInt(own.size()));
        var answer = noted(visitor.remove(random.nextInt(6) == 0 ? anySite() : site, event, gone));
        if (answer.isAcknowledged() && random.nextBoolean()) {
            photo = sent.get(gone);
            photosWanted++;
        }
    }

    /** The same photo again until the site says that it has it or never will. */
    private void upload(Party party, Site where) {
        var id = PhotoId.of(event, visitor.id(), Sha256.of(photo));
        party.photos().add(id);
        sent.put(id, photo);
        var answer = noted(visitor.upload(where, event, photo));
        if (answer.isAcknowledged() && random.nextInt(10) > 0) {
            photosWanted--;
            photo = nextPhoto();
        }
    }

    private void vote(JsonObject view) {
        var you = view.getJsonObject("you");
        if (!you.getBoolean("contributor") || random.nextInt(3) == 0) {
            return;
        }
        if (view.getInt("ballotNumber") != ballot) {
            ballot = view.getInt("ballotNumber");
            mood = mood();
        }
        var voted = hasVoted(view) ? 10 : 0;
        if (!mood.isEmpty() && random.nextInt(1 + voted) == 0) {
            var home = random.nextInt(6) == 0 ? anySite() : siteNamed(you.getString("home", site.id()));
            noted(visitor.vote(
                    home, event, mood, ballot, view.getJsonObject("version").getString("digest")));
        }
    }

    /** Accepting mostly, else rejecting, else silent, which is an empty word. */
    private String mood() {
        return switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> "reject";
            case 4 -> "";
            default -> "accept";
        };
    }

    private void spy(Party party) {
        stranger.peek(anySite(), event);
        party.photos().stream()
                .skip(random.nextInt(1 + party.photos().size()))
                .findFirst()
                .ifPresent(one -> (random.nextBoolean() ? stranger : visitor).pry(anySite(), event, one));
    }

    private byte[] nextPhoto() {
        return GeneratedPhotos.noiseOfBytes(PHOTO_BYTES, random.nextLong());
    }

    private Site anySite() {
        return Site.values()[random.nextInt(Site.values().length)];
    }

    private static Site siteNamed(String id) {
        return Site.valueOf(id.toUpperCase(Locale.ROOT));
    }
}
