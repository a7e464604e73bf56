package dev.portcullis.limit;

import dev.portcullis.database.Moment;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * Counts the rows of sessions and leases. Those rooms ask this one in their transactions, so it
 * knows their tables, and not them.
 */
@ApplicationScoped
class UsageRows {
  @PersistenceContext(unitName = "portcullis")
  private EntityManager entities;

  /**
   * Lets one transaction at a time go on with this account. Before anything else is read or locked:
   * then it sees what the one before has written, and never waits for it with a lock in hand.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  void lock(String accountId) {
    // a write locks on every database, whatever a JPA provider makes of a lock that is asked for
    int locked =
        entities
            .createQuery("update UsageLock l set l.counted = l.counted + 1 where l.accountId = :id")
            .setParameter("id", accountId)
            .executeUpdate();
    if (locked == 0) {
      entities.persist(new UsageLock(accountId));
      // whoever makes the row at the same time waits here, and begins anew
      entities.flush();
    }
  }

  @Transactional(Transactional.TxType.MANDATORY)
  List<Usage.Recent> recent(String accountId, OffsetDateTime since) {
    return entities
        .createQuery(
            "select s.nodeName, s.runId from ClientSession s where s.accountId = :account"
                + " and s.seenAt >= :since and s.closedAt is null",
            Object[].class)
        .setParameter("account", accountId)
        .setParameter("since", Moment.text(since))
        .getResultStream()
        .map(row -> new Usage.Recent((String) row[0], (String) row[1]))
        .toList();
  }

  /** Open proxies but the one of that name. */
  @Transactional(Transactional.TxType.MANDATORY)
  List<Usage.Open> open(
      String accountId, OffsetDateTime renewedSince, String nodeId, String proxyName) {
    return entities
        .createQuery(
            "select l.nodeName, l.proxyType, l.runId, l.remotePort, count(l.id) from Lease l"
                + " where l.accountId = :account and l.releasedAt is null"
                + " and l.renewedAt >= :since and (l.nodeId <> :node or l.proxyName <> :proxy)"
                + " group by l.nodeName, l.proxyType, l.runId, l.remotePort",
            Object[].class)
        .setParameter("account", accountId)
        .setParameter("since", Moment.text(renewedSince))
        .setParameter("node", nodeId)
        .setParameter("proxy", proxyName)
        .getResultStream()
        .map(
            row ->
                new Usage.Open(
                    (String) row[0],
                    (String) row[1],
                    (String) row[2],
                    ((Number) row[3]).intValue(),
                    ((Number) row[4]).intValue()))
        .toList();
  }

  @Transactional(Transactional.TxType.MANDATORY)
  void forget(String accountId) {
    // at once, not at the commit: it locks
    entities
        .createQuery("delete from UsageLock l where l.accountId = :id")
        .setParameter("id", accountId)
        .executeUpdate();
  }
}
