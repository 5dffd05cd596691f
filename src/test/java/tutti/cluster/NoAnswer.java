package tutti.cluster;

import java.io.IOException;
import java.net.http.HttpRequest;

/** A site was asked and has not answered: it may have done what it was asked, or not. */
final class NoAnswer extends AssertionError {

    private static final long serialVersionUID = 1;

    NoAnswer(HttpRequest request, IOException cause) {
        super(request + " got no answer: " + cause, cause);
    }
}
