package dev.portcullis.token;

import dev.portcullis.audit.AuditEvent;
import dev.portcullis.audit.AuditStore;
import dev.portcullis.change.ChangeStore;
import dev.portcullis.change.Changed;
import dev.portcullis.database.Moment;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The rows of tokens. */
@ApplicationScoped
class AccessTokenRows {
  @PersistenceContext(unitName = "portcullis")
  private EntityManager entities;

  private ChangeStore changes;
  private AuditStore audit;

  /** For the container's proxy only. */
  protected AccessTokenRows() {}

  @Inject
  AccessTokenRows(ChangeStore changes, AuditStore audit) {
    this.changes = changes;
    this.audit = audit;
  }

  @Transactional
  List<AccessToken> page(String after, int limit) {
    return entities
        .createQuery(
            "select t from AccessToken t where t.id > :after order by t.id", AccessToken.class)
        .setParameter("after", after)
        .setMaxResults(limit)
        .getResultList();
  }

  @Transactional
  Optional<AccessToken> find(String hash) {
    return entities
        .createQuery("select t from AccessToken t where t.hash = :hash", AccessToken.class)
        .setParameter("hash", hash)
        .getResultStream()
        .findFirst();
  }

  @Transactional
  void add(AccessToken token, AuditEvent event) {
    entities.persist(token);
    audit.recordWith(event);
  }

  @Transactional
  boolean remove(String id, String actor) {
    Optional<AccessToken> token = Optional.ofNullable(entities.find(AccessToken.class, id));
    token.ifPresent(
        found ->
            remove(
                found,
                event("access-token.delete")
                    .by(actor)
                    .to(found.name())
                    .saying(found.kind() + " " + found.id())));
    return token.isPresent();
  }

  /** Ends a session at its owner's wish. */
  @Transactional
  boolean signOut(String hash, String address) {
    Optional<AccessToken> session = find(hash).filter(found -> found.kind() == TokenKind.SESSION);
    session.ifPresent(found -> remove(found, event("sign-out").by(found.name()).from(address)));
    return session.isPresent();
  }

  private void remove(AccessToken token, AuditEvent event) {
    entities.remove(token);
    audit.recordWith(event);
    changes.enter(new Changed(Changed.Kind.ACCESS_TOKEN, AccessTokenStore.ref(token.hash())));
  }

  @Transactional
  void used(Collection<String> ids, OffsetDateTime at) {
    entities
        .createQuery("update AccessToken t set t.lastUsedAt = :at where t.id in :ids")
        .setParameter("at", Moment.text(at))
        .setParameter("ids", ids)
        .executeUpdate();
  }

  /** Forgets the sessions that have ended by themselves. */
  @Transactional
  int forgetSessions(OffsetDateTime now, OffsetDateTime idleSince) {
    return entities
        .createQuery(
            "delete from AccessToken t where t.kind = :session"
                + " and (t.expiresAt < :now or t.lastUsedAt < :idleSince)")
        .setParameter("session", TokenKind.SESSION)
        .setParameter("now", Moment.text(now))
        .setParameter("idleSince", Moment.text(idleSince))
        .executeUpdate();
  }

  static AuditEvent event(String operation) {
    return new AuditEvent(AuditEvent.Kind.ADMIN, AuditEvent.Outcome.ALLOWED, operation);
  }
}
