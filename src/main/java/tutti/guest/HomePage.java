package tutti.guest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tutti.site.CurrentUser;
import tutti.site.EventDesk;
import tutti.site.EventView;
import tutti.site.EventWish;
import tutti.site.InvalidWish;

/** Where everything begins: a form for a new event, and the events that the user has a part in. */
@Named
@RequestScoped
public class HomePage {

    /** The choice that makes room for a number of one's own. */
    static final String OWN_TIME = "own";

    private static final int CONTRIBUTORS_MAX = 10;
    private static final String VOTING_TIME = "90";
    private static final List<String> VOTING_TIMES = List.of("30", "60", VOTING_TIME, "180", "300", "600", OWN_TIME);

    @Inject
    EventDesk desk;

    @Inject
    CurrentUser user;

    @Inject
    Words words;

    private String title = "";
    private String description = "";
    private Integer maxContributors = CONTRIBUTORS_MAX;
    private String votingTime = VOTING_TIME;
    private Integer ownVotingSeconds;
    private List<EventView> events;

    /** Creates the event and leads to its page; where a field is wrong, says so beside it and loses nothing. */
    public void create() throws IOException {
        var faces = FacesContext.getCurrentInstance();
        try {
            var event = desk.create(
                    user.id(), new EventWish(title, description, Optional.of(maxContributors), votingSeconds()));
            faces.getExternalContext()
                    .redirect(faces.getExternalContext().getRequestContextPath() + "/e/" + event.id());
        } catch (InvalidWish e) {
            e.violations()
                    .forEach(violation -> faces.addMessage(
                            "create:" + violation.field(),
                            new FacesMessage(
                                    FacesMessage.SEVERITY_ERROR, words.of("home.wrong." + violation.field()), null)));
        }
    }

    private Optional<Integer> votingSeconds() {
        // A number of one's own that was left out is as wrong as zero: it has to be said, not guessed.
        return Optional.of(
                isOwnVotingTime()
                        ? Optional.ofNullable(ownVotingSeconds).orElse(0)
                        : Integer.valueOf(Optional.ofNullable(votingTime).orElse(VOTING_TIME)));
    }

    public boolean isOwnVotingTime() {
        return OWN_TIME.equals(votingTime);
    }

    public List<String> getVotingTimes() {
        return VOTING_TIMES;
    }

    public List<Integer> getContributorChoices() {
        return IntStream.rangeClosed(1, CONTRIBUTORS_MAX).boxed().toList();
    }

    /** The user's own, newest first. */
    public List<EventView> getEvents() {
        if (events == null) {
            events = desk.eventsOf(user.id());
        }
        return events;
    }

    public String getTitle() {
        return title;
    }

    public void setTitle(String title) {
        this.title = title;
    }

    public String getDescription() {
        return description;
    }

    public void setDescription(String description) {
        this.description = description;
    }

    public Integer getMaxContributors() {
        return maxContributors;
    }

    public void setMaxContributors(Integer maxContributors) {
        this.maxContributors = maxContributors;
    }

    public String getVotingTime() {
        return votingTime;
    }

    public void setVotingTime(String votingTime) {
        this.votingTime = votingTime;
    }

    public Integer getOwnVotingSeconds() {
        return ownVotingSeconds;
    }

    public void setOwnVotingSeconds(Integer ownVotingSeconds) {
        this.ownVotingSeconds = ownVotingSeconds;
    }
}
