package tutti.site;

import jakarta.inject.Inject;
import jakarta.servlet.GenericServlet;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

/** The last of all to be made (web.xml), when everything that answers is there; it has no address. */
public class Opening extends GenericServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient Sweep sweep;

    @Override
    public void init() {
        sweep.begin();
    }

    @Override
    public void service(ServletRequest request, ServletResponse response) {
        throw new IllegalStateException("this servlet has no address");
    }
}
