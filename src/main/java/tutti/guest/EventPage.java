package tutti.guest;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.PhaseId;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tutti.ballot.Ballot;
import tutti.ballot.Choice;
import tutti.event.Receipt;
import tutti.event.Refusal;
import tutti.montage.Digest;
import tutti.photo.Sha256;
import tutti.site.CurrentUser;
import tutti.site.EventDesk;
import tutti.site.EventView;
import tutti.site.EventView.BallotView;
import tutti.site.EventView.Erasure;
import tutti.site.EventView.PhotoStatus;
import tutti.site.EventView.Status;
import tutti.site.ReceiptDesk;
import tutti.site.SiteConfig;

/**
 * The event as this user may see it now, and what this user may do about it now. It is read anew at each request, and
 * again after a wish was refused, so that the sentence and the page say the same.
 */
@Named
@RequestScoped
public class EventPage {

    @Inject
    EventDesk desk;

    @Inject
    ReceiptDesk receipts;

    @Inject
    CurrentUser user;

    @Inject
    SiteConfig config;

    @Inject
    Words words;

    @Inject
    HttpServletRequest request;

    private Optional<EventView> event = Optional.empty();
    private Boolean remembered;
    private String notice = "";
    private String seenBallot = "";
    private String seenDigest = "";

    @PostConstruct
    void read() {
        event = PageAddress.eventIn(request).flatMap(id -> desk.view(id, user.id()));
    }

    /** Ends in the page for the lost where there is no such event. */
    public void require() throws IOException {
        if (event.isEmpty()) {
            PageAddress.leadsNowhere();
        }
    }

    // What can be done

    public void accept() throws IOException {
        vote(Choice.ACCEPT);
    }

    public void reject() throws IOException {
        vote(Choice.REJECT);
    }

    /** The vote is about the montage and the ballot that the user has seen, whatever they are by now. */
    private void vote(Choice choice) throws IOException {
        if (!seenBallot.matches("\\d{1,9}") || !seenDigest.matches("[0-9a-f]{64}")) {
            settle(Optional.of(Refusal.SUPERSEDED));
            return;
        }
        var answer = desk.vote(
                getEvent().id(),
                user.id(),
                choice,
                Integer.parseInt(seenBallot),
                new Digest(new Sha256(seenDigest).hex()));
        settle(answer.refusal());
    }

    public void cancel() throws IOException {
        settle(desk.cancel(getEvent().id(), user.id()));
    }

    public void takeDown() throws IOException {
        settle(desk.takeDown(getEvent().id(), user.id()).refusal());
    }

    public void erase() throws IOException {
        var refusal = desk.erase(getEvent().id(), user.id()).refusal();
        if (refusal.equals(Optional.of(Refusal.VOTING_IN_PROGRESS))) {
            notice = words.of("erase.voting");
            read();
        } else {
            settle(refusal);
        }
    }

    /** Shows what has become of a wish: after a yes by a fresh GET that may be reloaded, after a no with its sentence. */
    private void settle(Optional<Refusal> refusal) throws IOException {
        if (refusal.isEmpty()) {
            var outside = FacesContext.getCurrentInstance().getExternalContext();
            outside.redirect(
                    outside.getRequestContextPath() + "/e/" + getEvent().id());
        } else {
            notice = words.refusal(refusal.get());
            read();
        }
    }

    // What there is to see

    public boolean isFound() {
        return event.isPresent();
    }

    public EventView getEvent() {
        return event.orElseThrow();
    }

    /** Why the last wish was not fulfilled; empty where it was, or where there was none. */
    public String getNotice() {
        return notice;
    }

    public String getStatus() {
        return getEvent().status().code();
    }

    public boolean isCreating() {
        return is(Status.CREATING);
    }

    public boolean isOpen() {
        return is(Status.OPEN);
    }

    public boolean isVoting() {
        return is(Status.VOTING);
    }

    public boolean isPublished() {
        return is(Status.PUBLISHED);
    }

    /** Published once; by whose wish it is no more, nobody is told. */
    public boolean isTakenDown() {
        return is(Status.TAKEN_DOWN);
    }

    /** Anybody in it may take back what he has agreed to. */
    public boolean isTakeDownTaken() {
        return isContributor() && (isPublished() || !isRendering());
    }

    /** Whoever has given anything to the event may have it erased, also when all of it is out again. */
    public boolean isErasureTaken() {
        return !isRendering() || getEvent().you().erasure().isEmpty() && hasGiven();
    }

    private boolean hasGiven() {
        if (isContributor() || !getEvent().you().photos().isEmpty()) {
            return true;
        }
        if (remembered == null) {
            remembered = desk.remembers(getEvent().id(), user.id());
        }
        return remembered;
    }

    /** This user's data is going, and something has to be waited for. */
    public boolean isErasing() {
        return is(Erasure.UNDER_WAY);
    }

    /** Nothing of this user is left here. */
    public boolean isErased() {
        return is(Erasure.DONE);
    }

    private boolean is(Erasure erasure) {
        return getEvent().you().erasure().equals(Optional.of(erasure));
    }

    public boolean isCancelled() {
        return is(Status.CANCELLED);
    }

    private boolean is(Status status) {
        return getEvent().status() == status;
    }

    public boolean isContributor() {
        return getEvent().you().contributor();
    }

    /** The creator may take an event back that is not everywhere yet; a click that comes too late is answered. */
    public boolean isCancelTaken() {
        return getEvent().you().creator() && (isCreating() || !isRendering());
    }

    public boolean isFull() {
        return isOpen()
                && !isContributor()
                && getEvent().contributorCount() >= getEvent().details().maxContributors();
    }

    /** An operator has stopped the event, which matters only as long as something could happen in it. */
    public boolean isFrozen() {
        return getEvent().frozen() && (isOpen() || isVoting());
    }

    /** Whether photos can come from this user now, or could if there were room. */
    public boolean isUploadOffered() {
        return isOpen() && !isFrozen() && !isErasing() && !isErased();
    }

    /** The name under which the others know this user; empty where they do not know it yet. */
    public String getMyName() {
        return getEvent().contributors().stream()
                .filter(EventView.Contributor::you)
                .map(EventView.Contributor::name)
                .findFirst()
                .orElse("");
    }

    public boolean isMontageVisible() {
        return getEvent().montage().isPresent();
    }

    /** The digest in it is what makes a new montage a new address, past all caches. */
    public String getMontageUrl() {
        return getApiUrl() + "/montage?v=" + getEvent().version().digest();
    }

    /** The same montage in fewer pixels, for a browser to choose from. */
    public String getMontageSources() {
        return MontageSources.of(getMontageUrl());
    }

    public String getApiUrl() {
        return request.getContextPath() + "/api/v1/events/" + getEvent().id();
    }

    public String getPublishedUrl() {
        return request.getContextPath() + "/p/" + getEvent().id();
    }

    /** How big a photo may be. */
    public long getMegabytesMax() {
        return config.limits().photoBytesMax() >> 20;
    }

    public QrCode getQrCode() {
        return QrCode.of(getEvent().url());
    }

    public String getMissingSites() {
        return words.list(getEvent().missingSites());
    }

    public String getWallUrl() {
        return request.getContextPath() + "/wall/" + getEvent().id();
    }

    /** Some of one's own photos are here as they were sent. */
    public boolean isOriginalsThere() {
        return getEvent().you().photos().stream().anyMatch(own -> own.status() != PhotoStatus.REFUSED);
    }

    /** What a contributor can show for having agreed; empty before all have. */
    public Optional<Receipt> getReceipt() {
        return isPublished() ? receipts.receiptOf(getEvent().id(), user.id()) : Optional.empty();
    }

    /** Leads to the published montage, where the receipt is checked. */
    public String getReceiptLink() {
        return getEvent().url().replaceFirst("/e/(?=[^/]*$)", "/p/") + "?" + PublishedPage.RECEIPT + "="
                + getReceipt().map(Receipt::code).orElse("");
    }

    // The vote

    /** Who wants to say yes or no can do it here and now. */
    public boolean isVoteAsked() {
        return (isOpen() || isVoting())
                && !isFrozen()
                && isAtHome()
                && getEvent().you().vote().isEmpty();
    }

    /** Also there when a form comes back that was filled in before the vote ended: it gets an answer, not silence. */
    public boolean isVoteTaken() {
        return isVoteAsked() || !isRendering();
    }

    /** As {@link #isVoteTaken}, for a rejection: there is none before somebody has said yes. */
    public boolean isRejectionTaken() {
        return isVoteTaken() && (isVoting() || !isRendering());
    }

    private static boolean isRendering() {
        return FacesContext.getCurrentInstance().getCurrentPhaseId() == PhaseId.RENDER_RESPONSE;
    }

    /** Whose yes is the only one that is needed. */
    public boolean isAlone() {
        return isContributor() && getEvent().contributorCount() == 1;
    }

    public String getVotingTime() {
        return words.duration(getEvent().details().votingPeriod());
    }

    public boolean isVotedFor() {
        return isVoting()
                && getEvent().you().vote().filter(Choice.ACCEPT::equals).isPresent();
    }

    private boolean isAtHome() {
        return isContributor()
                && getEvent().you().home().filter(getEvent().site()::equals).isPresent();
    }

    public boolean isVoteElsewhere() {
        return (isOpen() || isVoting())
                && isContributor()
                && !isAtHome()
                && getEvent().you().vote().isEmpty();
    }

    public String getHome() {
        return getEvent().you().home().map(Object::toString).orElse("");
    }

    /** Where a form leads home and takes along who one is. */
    public String getWayHome() {
        return request.getContextPath() + "/" + DeparturePage.NAME + "/"
                + getEvent().id();
    }

    public boolean isCountingDown() {
        return isVoting() && getEvent().ballot().isPresent();
    }

    public int getSecondsLeft() {
        return getEvent().ballot().map(BallotView::secondsLeft).orElse(0);
    }

    /** Those whose word is not known yet, by name. */
    public List<String> getMissingNames() {
        return getEvent().contributors().stream()
                .filter(contributor ->
                        contributor.accepted().filter(yes -> !yes).isPresent())
                .map(contributor -> words.name(contributor.name()))
                .toList();
    }

    /** Those of the others who do not have this page open, by name; a vote would wait for them in vain. */
    public List<String> getAwayNames() {
        return getEvent().contributors().stream()
                .filter(contributor -> !contributor.you()
                        && contributor.looking().filter(looking -> !looking).isPresent())
                .map(contributor -> words.name(contributor.name()))
                .toList();
    }

    /** How the last ballot ended, in a sentence; empty where there was none, or where it is not over. */
    public String getOutcome() {
        return getEvent()
                .ballot()
                .filter(ballot -> isOpen() && ballot.state() == Ballot.State.ABORTED)
                .map(ballot -> words.of(
                        "outcome."
                                + ballot.reason().map(reason -> reason.code()).orElse("unknown"),
                        ballot.missing()))
                .orElse("");
    }

    // What the form of the vote carries

    public String getSeenBallot() {
        return Integer.toString(getEvent().ballotNumber());
    }

    public void setSeenBallot(String seenBallot) {
        this.seenBallot = seenBallot;
    }

    public String getSeenDigest() {
        return getEvent().version().digest().hex();
    }

    public void setSeenDigest(String seenDigest) {
        this.seenDigest = seenDigest;
    }
}
