package tutti.deployment;

import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.LoadableExtension;

/**
 * Says where Arquillian's own servlet is, where the connector for Payara Micro (3.1) does not: it looks five times a second
 * whether Payara has printed its port, and if that is the moment in which Payara prints on, it misses the servlets that follow.
 */
public final class WholeMetadata implements LoadableExtension {

    private static final String RUNNER = "ArquillianServletRunnerEE9";
    private static final String ROOT = "/";

    @Override
    public void register(ExtensionBuilder builder) {
        builder.observer(WholeMetadata.class);
    }

    public void complete(@Observes ProtocolMetaData deployed) {
        for (var context : deployed.getContexts(HTTPContext.class)) {
            if (context.getServletByName(RUNNER) == null) {
                context.add(new Servlet(RUNNER, ROOT));
            }
        }
    }
}
