package tutti.journal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;

/** The table of what operators did. */
@ApplicationScoped
class AuditRows extends Tables {

    @Transactional(TxType.REQUIRES_NEW)
    public void add(String operator, String address, String action, String detail) {
        database.createNativeQuery("INSERT INTO audit (at_us, operator, address, action, detail)"
                        + " VALUES (CAST(UNIX_TIMESTAMP(SYSDATE(6)) * 1000000 AS SIGNED), ?, ?, ?, ?)")
                .setParameter(1, operator)
                .setParameter(2, address)
                .setParameter(3, action)
                .setParameter(4, detail)
                .executeUpdate();
    }

    @Transactional(TxType.REQUIRES_NEW)
    public List<Audit> latest(int most) {
        List<?> rows = database.createNativeQuery(
                        "SELECT at_us, operator, address, action, detail FROM audit ORDER BY id DESC LIMIT " + most)
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> new Audit(
                        Columns.instant(((Number) row[0]).longValue()),
                        row[1].toString(),
                        row[2].toString(),
                        row[3].toString(),
                        row[4].toString()))
                .toList();
    }
}
