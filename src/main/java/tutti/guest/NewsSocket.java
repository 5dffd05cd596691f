package tutti.guest;

import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import tutti.event.EventId;
import tutti.photo.ContributorId;
import tutti.site.UserCookie;
import tutti.site.Watchers;

/**
 * Where an open page of an event listens: each message says no more than "look again", and the page then asks as it always
 * does. {@code OriginCheck} has refused the pages of other websites before they come here. A page says a word now and then,
 * and whoever has not for a minute is gone.
 */
@ServerEndpoint(value = "/e/{event}/news", configurator = NewsSocket.Door.class)
public class NewsSocket {

    private static final Logger LOG = Logger.getLogger(NewsSocket.class.getName());
    private static final String USER = "tutti.user";
    private static final String HINT = "look";
    private static final int WORD_LENGTH_MAX = 16;
    private static final long SILENCE_MILLIS_MAX = 60_000;
    private static final long SEND_MILLIS_MAX = 5_000;

    @Inject
    Watchers watchers;

    private Optional<Page> page = Optional.empty();

    /** Takes the user along from the handshake, which is the last that knows of cookies: its properties are one session's. */
    public static class Door extends ServerEndpointConfig.Configurator {

        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            var cookies = request.getHeaders().entrySet().stream()
                    .filter(header -> header.getKey().toLowerCase(Locale.ROOT).equals("cookie"))
                    .map(Map.Entry::getValue)
                    .flatMap(List::stream)
                    .toList();
            UserCookie.in(cookies).ifPresent(user -> config.getUserProperties().put(USER, user));
        }
    }

    private record Page(EventId event, ContributorId who, Session session) implements Watchers.Watcher {

        @Override
        public void hint() {
            session.getAsyncRemote().sendText(HINT, sent -> {
                if (!sent.isOK()) {
                    close(session, CloseReason.CloseCodes.GOING_AWAY);
                }
            });
        }
    }

    @OnOpen
    public void open(Session session, @PathParam("event") String event) {
        session.setMaxIdleTimeout(SILENCE_MILLIS_MAX);
        session.setMaxTextMessageBufferSize(WORD_LENGTH_MAX);
        session.setMaxBinaryMessageBufferSize(WORD_LENGTH_MAX);
        session.getContainer().setAsyncSendTimeout(SEND_MILLIS_MAX);
        page = Optional.ofNullable((ContributorId) session.getUserProperties().get(USER))
                .filter(user -> EventId.isEventId(event))
                .map(user -> new Page(new EventId(event), user, session))
                .filter(come -> watchers.come(come.event(), come));
        if (page.isEmpty()) {
            close(session, CloseReason.CloseCodes.TRY_AGAIN_LATER);
        }
    }

    /** Only that there was a word matters. */
    @OnMessage(maxMessageSize = WORD_LENGTH_MAX)
    public void word(String word) {
        page.ifPresent(there -> watchers.stillThere(there.event(), there));
    }

    @OnClose
    public void close() {
        page.ifPresent(gone -> watchers.go(gone.event(), gone));
    }

    @OnError
    public void trouble(Session session, Throwable why) {
        LOG.log(Level.FINE, "a page went away", why);
        close(session, CloseReason.CloseCodes.GOING_AWAY);
    }

    private static void close(Session session, CloseReason.CloseCode code) {
        try {
            session.close(new CloseReason(code, ""));
        } catch (IOException e) {
            LOG.log(Level.FINE, "a connection that cannot be closed is gone", e);
        }
    }
}
