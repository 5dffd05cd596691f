package tutti.peers;

import jakarta.enterprise.context.ApplicationScoped;
import tutti.site.Nonces;

/** The nonces of messages between sites, for as long as one of them would be taken. */
@ApplicationScoped
public class MessageNonces extends Nonces {

    public MessageNonces() {
        super(SignatureCheck.WINDOW);
    }
}
