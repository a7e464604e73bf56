package dev.portcullis.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The rows of the audit log. */
@ApplicationScoped
class AuditRows {
  @PersistenceContext(unitName = "portcullis")
  private EntityManager entities;

  // of its own: what happened is kept although the caller's transaction may end otherwise
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  void insert(List<AuditEvent> events) {
    events.forEach(entities::persist);
  }

  @Transactional(Transactional.TxType.MANDATORY)
  void insertWithCaller(AuditEvent event) {
    entities.persist(event);
  }

  @Transactional
  Optional<AuditEvent> decision(String decisionId) {
    return entities
        .createQuery(
            "select e from AuditEvent e where e.decisionId = :decision order by e.id desc",
            AuditEvent.class)
        .setParameter("decision", decisionId)
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
  }

  @Transactional
  long count(DecisionSelection selection) {
    return selection
        .restrict(
            where -> entities.createQuery("select count(e) from AuditEvent" + where, Long.class),
            selection.first())
        .getSingleResult();
  }

  /** The oldest first. */
  @Transactional
  List<AuditEvent> decisions(DecisionSelection selection, String after, int limit) {
    return selection
        .restrict(
            where ->
                entities.createQuery(
                    "select e from AuditEvent" + where + " order by e.id", AuditEvent.class),
            after)
        .setMaxResults(limit)
        .getResultList();
  }

  /** The newest first. */
  @Transactional
  List<AuditEvent> find(AuditFilter filter, String before, int limit) {
    Map<String, Object> values = new TreeMap<>();
    filter.restrict(values);
    StringBuilder where = new StringBuilder();
    for (String attribute : values.keySet()) {
      where.append(" and e.").append(attribute).append(" = :").append(attribute);
    }
    if (!before.isEmpty()) {
      where.append(" and e.id < :before");
      values.put("before", before);
    }
    TypedQuery<AuditEvent> query =
        entities.createQuery(
            "select e from AuditEvent e where 1 = 1" + where + " order by e.id desc",
            AuditEvent.class);
    values.forEach(query::setParameter);
    return query.setMaxResults(limit).getResultList();
  }
}
