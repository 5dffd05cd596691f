package tutti.bench;

import com.arjuna.ats.arjuna.common.CoreEnvironmentBean;
import com.arjuna.ats.arjuna.common.CoreEnvironmentBeanException;
import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.jta.TransactionManager;
import com.arjuna.common.internal.util.propertyservice.BeanPopulator;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import javax.sql.XAConnection;
import javax.sql.XADataSource;

/**
 * What one would use otherwise: the bytes as a BLOB in a row of each of the four databases, and XA over them, with Narayana as the
 * transaction manager, whose log is forced to the disk. The four rows are sent at the same time.
 */
final class XaByNarayana implements PhotoKeeping, AutoCloseable {

    private final List<XADataSource> databases;
    private final ExecutorService threads;
    private final Map<Integer, List<XAConnection>> connections = new ConcurrentHashMap<>();

    XaByNarayana(List<XADataSource> databases, Path log, ExecutorService threads)
            throws SQLException, CoreEnvironmentBeanException {
        this.databases = databases;
        this.threads = threads;
        BeanPopulator.getDefaultInstance(CoreEnvironmentBean.class).setNodeIdentifier("bench");
        for (var store : new String[] {null, "communicationStore", "stateStore"}) {
            BeanPopulator.getNamedInstance(ObjectStoreEnvironmentBean.class, store)
                    .setObjectStoreDir(log.toAbsolutePath().toString());
        }
        execute("CREATE OR REPLACE TABLE bench (id BIGINT AUTO_INCREMENT PRIMARY KEY, photo LONGBLOB NOT NULL)");
    }

    @Override
    public void keep(byte[] photo, int client) throws Exception {
        var manager = TransactionManager.transactionManager();
        var own = connections.computeIfAbsent(client, key -> connected());
        manager.begin();
        for (var connection : own) {
            manager.getTransaction().enlistResource(connection.getXAResource());
        }
        var rows = own.stream()
                .map(connection -> CompletableFuture.runAsync(() -> insert(connection, photo), threads))
                .toList();
        rows.forEach(CompletableFuture::join);
        manager.commit();
    }

    private static void insert(XAConnection connection, byte[] photo) {
        try (var insert = connection.getConnection().prepareStatement("INSERT INTO bench (photo) VALUES (?)")) {
            insert.setBytes(1, photo);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("a row is not taken", e);
        }
    }

    private List<XAConnection> connected() {
        try {
            var all = new ArrayList<XAConnection>();
            for (var database : databases) {
                all.add(database.getXAConnection());
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException("a database does not answer", e);
        }
    }

    private void execute(String sql) throws SQLException {
        for (var database : databases) {
            var xa = database.getXAConnection();
            try (Connection connection = xa.getConnection();
                    var statement = connection.createStatement()) {
                statement.execute(sql);
            } finally {
                xa.close();
            }
        }
    }

    /** Throws away what was kept. */
    void clear() throws SQLException {
        execute("TRUNCATE TABLE bench");
    }

    @Override
    public void close() throws SQLException {
        for (var own : connections.values()) {
            for (var connection : own) {
                connection.close();
            }
        }
        execute("DROP TABLE bench");
    }
}
