package tutti.console;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import tutti.site.SiteConfig;

/**
 * Bounds the cookie of the console's session, the only one there is: to the console's pages, and by its name to this site, as
 * browsers do not tell one port of a host from another. Its SameSite stands in {@code payara-web.xml}.
 */
@WebListener
public class SessionCookie implements ServletContextListener {

    @Inject
    private SiteConfig config;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        var cookie = event.getServletContext().getSessionCookieConfig();
        cookie.setName("tutti_admin_" + config.self());
        cookie.setPath(event.getServletContext().getContextPath() + ConsoleAddress.SITES);
        cookie.setHttpOnly(true);
    }
}
