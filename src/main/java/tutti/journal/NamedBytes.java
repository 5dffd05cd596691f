package tutti.journal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tutti.photo.Sha256;

/**
 * Which photos' bytes this site's rows name, and the lock between those who name bytes and those who remove them. Bytes lie
 * on 256 shelves, by the first two digits of their digest; a shelf's row is the lock.
 */
@ApplicationScoped
class NamedBytes extends Tables {

    /** Committed photos, photos that wait or were refused and may come back, and photos of undecided transactions. */
    private static final String NAMES = "SELECT sha256 FROM photo WHERE sha256 LIKE :digest"
            + " UNION SELECT sha256 FROM upload WHERE sha256 LIKE :digest"
            + " UNION SELECT sha256 FROM commitment WHERE sha256 LIKE :digest AND state = 'PREPARED'";

    /** Until the running database transaction ends, nobody removes these bytes: so it may look for them, and name them. */
    @Transactional(TxType.MANDATORY)
    void keep(Sha256 bytes) {
        lockShelf(bytes, "LOCK IN SHARE MODE");
    }

    @Transactional(TxType.REQUIRES_NEW)
    public Set<Sha256> onShelf(int shelf) {
        return named(String.format("%02x%%", shelf));
    }

    @Transactional(TxType.REQUIRES_NEW)
    public boolean removeUnlessNamed(Sha256 bytes, Runnable removal) {
        lockShelf(bytes, "FOR UPDATE");
        if (!named(bytes.hex()).isEmpty()) {
            return false;
        }
        removal.run();
        return true;
    }

    private void lockShelf(Sha256 bytes, String mode) {
        database.createNativeQuery("SELECT name FROM shelf WHERE name = ? " + mode)
                .setParameter(1, bytes.hex().substring(0, 2))
                .getSingleResult();
    }

    private Set<Sha256> named(String pattern) {
        List<?> digests = database.createNativeQuery(NAMES.replace(":digest", "'" + pattern + "'"))
                .getResultList();
        return digests.stream().map(Object::toString).map(Sha256::new).collect(Collectors.toSet());
    }
}
