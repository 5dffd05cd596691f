package tutti.journal;

import jakarta.annotation.PostConstruct;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Whatever reads and writes this site's tables. */
abstract class Tables {

    @PersistenceContext(unitName = "tutti")
    EntityManager database;

    /**
     * Finds the persistence unit before any other thread has this object. While the application is being loaded, a peer may
     * call already; its thread does not find the unit, and Payara's proxy would then forget it for everybody.
     */
    @PostConstruct
    void find() {
        database.getDelegate();
    }
}
