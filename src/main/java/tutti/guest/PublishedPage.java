package tutti.guest;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import tutti.event.Receipt;
import tutti.pictures.MontageSize;
import tutti.site.CurrentUser;
import tutti.site.EventDesk;
import tutti.site.EventView;
import tutti.site.ReceiptDesk;

/** The montage that everyone has said yes to, for the whole world. Before the last yes there is no such page. */
@Named
@RequestScoped
public class PublishedPage {

    static final String RECEIPT = "receipt";

    @Inject
    EventDesk desk;

    @Inject
    ReceiptDesk receipts;

    @Inject
    CurrentUser user;

    @Inject
    HttpServletRequest request;

    private Optional<EventView> event = Optional.empty();

    @PostConstruct
    void read() {
        event = PageAddress.eventIn(request)
                .flatMap(id -> desk.view(id, user.id()))
                .filter(view -> view.status() == EventView.Status.PUBLISHED);
    }

    /** Ends in the page for the lost where nothing is published. */
    public void require() throws IOException {
        if (event.isEmpty()) {
            PageAddress.leadsNowhere();
        }
    }

    public boolean isFound() {
        return event.isPresent();
    }

    public EventView getEvent() {
        return event.orElseThrow();
    }

    public boolean isPartOfIt() {
        return getEvent().you().contributor() || getEvent().you().creator();
    }

    /** Whether somebody has come with a receipt and wants to know what it is worth. */
    public boolean isReceiptShown() {
        return request.getParameter(RECEIPT) != null;
    }

    /** The receipt that the link names; empty where it is none of this picture. */
    public Optional<Receipt> getReceipt() {
        return Optional.ofNullable(request.getParameter(RECEIPT))
                .flatMap(code -> receipts.find(getEvent().id(), code));
    }

    public String getMontageUrl() {
        return request.getContextPath() + montagePath();
    }

    /** The same montage in fewer pixels, for a browser to choose from. */
    public String getMontageSources() {
        return MontageSources.of(getMontageUrl());
    }

    public String getPrintUrl() {
        return getMontageUrl() + "&size=" + MontageSize.PRINT.code();
    }

    /** With the host's name, for those who only ever see the preview of a link. */
    public String getMontageLink() {
        return base() + montagePath();
    }

    public String getLink() {
        return base() + "/p/" + getEvent().id();
    }

    private String montagePath() {
        return "/api/v1/events/" + getEvent().id() + "/montage?v="
                + getEvent().version().digest();
    }

    /** Where this site lives, as its own configuration says: a request's Host header may say anything. */
    private String base() {
        var url = getEvent().url();
        return url.substring(0, url.length() - ("/e/" + getEvent().id()).length());
    }

    public String getFileName() {
        return "tutti-" + getEvent().id() + ".jpg";
    }
}
