package tutti.guest;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import tutti.montage.Background;
import tutti.montage.LayoutKind;
import tutti.montage.Style;
import tutti.site.CurrentUser;
import tutti.site.EventDesk;
import tutti.site.EventView;
import tutti.site.EventWish;
import tutti.site.InvalidWish;
import tutti.site.Limits;
import tutti.site.SiteConfig;

/** Where everything begins: a form for a new event, and the events that the user has a part in. */
@Named
@RequestScoped
public class HomePage {

    /** The choice that makes room for a number of one's own. */
    static final String OWN_TIME = "own";

    private static final List<Integer> USUAL_VOTING_SECONDS = List.of(30, 60, 180, 300, 600);

    @Inject
    EventDesk desk;

    @Inject
    CurrentUser user;

    @Inject
    SiteConfig config;

    @Inject
    Words words;

    private String title = "";
    private String description = "";
    private Integer maxContributors;
    private String votingTime;
    private Integer ownVotingSeconds;
    private String layout = Style.PLAIN.layout().code();
    private String background = Style.PLAIN.background().code();
    private String textLine = "";
    private String date = "";
    private List<EventView> events;

    @PostConstruct
    void suggest() {
        maxContributors = config.limits().contributorsMax();
        votingTime = Integer.toString(config.limits().votingSecondsDefault());
    }

    /** Creates the event and leads to its page; where a field is wrong, says so beside it and loses nothing. */
    public void create() throws IOException {
        var faces = FacesContext.getCurrentInstance();
        try {
            var event = desk.create(
                    user.id(),
                    new EventWish(
                            title,
                            description,
                            Optional.ofNullable(maxContributors),
                            votingSeconds(),
                            new EventWish.Looks(given(layout), given(background), given(textLine), given(date))));
            faces.getExternalContext()
                    .redirect(faces.getExternalContext().getRequestContextPath() + "/e/" + event.id());
        } catch (InvalidWish e) {
            e.violations()
                    .forEach(violation -> faces.addMessage(
                            "create:" + violation.field(),
                            new FacesMessage(FacesMessage.SEVERITY_ERROR, wrong(violation.field()), null)));
        }
    }

    private static String given(String typed) {
        return Objects.requireNonNullElse(typed, "");
    }

    private Optional<Integer> votingSeconds() {
        // A number of one's own that was left out is as wrong as zero: it has to be said, not guessed.
        return Optional.of(isOwnVotingTime() ? Objects.requireNonNullElse(ownVotingSeconds, 0) : usual(votingTime));
    }

    private Integer usual(String seconds) {
        return Optional.ofNullable(seconds)
                .map(Integer::valueOf)
                .orElse(config.limits().votingSecondsDefault());
    }

    public boolean isOwnVotingTime() {
        return OWN_TIME.equals(votingTime);
    }

    /** What may be in this field, as a sentence. */
    public String wrong(String field) {
        var limits = config.limits();
        return switch (field) {
            case "title" -> words.of("home.wrong.title", limits.titleMax());
            case "description" -> words.of("home.wrong.description", limits.descriptionMax());
            case "maxContributors" -> words.of("home.wrong.maxContributors", limits.contributorsMax());
            case "layout", "background" -> words.of("home.wrong.looks");
            case "textLine" -> words.of("home.wrong.textLine", limits.textLineMax());
            case "date" -> words.of("home.wrong.date");
            default -> words.of("home.wrong.votingSeconds", limits.votingSecondsMin(), limits.votingSecondsMax());
        };
    }

    /** Times to choose from, by their number of seconds. */
    public Map<String, String> getVotingTimes() {
        var limits = config.limits();
        var times = new TreeSet<>(USUAL_VOTING_SECONDS);
        times.removeIf(seconds -> seconds < limits.votingSecondsMin() || seconds > limits.votingSecondsMax());
        times.add(limits.votingSecondsDefault());
        var choices = new LinkedHashMap<String, String>();
        times.forEach(seconds -> choices.put(words.duration(Duration.ofSeconds(seconds)), seconds.toString()));
        choices.put(words.of("home.time.own"), OWN_TIME);
        return choices;
    }

    public LayoutKind[] getLayouts() {
        return LayoutKind.values();
    }

    public Background[] getBackgrounds() {
        return Background.values();
    }

    public List<Integer> getContributorChoices() {
        return IntStream.rangeClosed(1, config.limits().contributorsMax())
                .boxed()
                .toList();
    }

    public Limits getLimits() {
        return config.limits();
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

    public String getLayout() {
        return layout;
    }

    public void setLayout(String layout) {
        this.layout = layout;
    }

    public String getBackground() {
        return background;
    }

    public void setBackground(String background) {
        this.background = background;
    }

    public String getTextLine() {
        return textLine;
    }

    public void setTextLine(String textLine) {
        this.textLine = textLine;
    }

    public String getDate() {
        return date;
    }

    public void setDate(String date) {
        this.date = date;
    }
}
