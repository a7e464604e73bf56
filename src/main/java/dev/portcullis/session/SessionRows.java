package dev.portcullis.session;

import dev.portcullis.database.Moment;
import dev.portcullis.decision.AccountIdentity;
import dev.portcullis.decision.ClientIdentity;
import dev.portcullis.decision.NodeIdentity;
import dev.portcullis.decision.SessionIdentity;
import dev.portcullis.limit.LimitStore;
import dev.portcullis.operation.Login;
import dev.portcullis.policy.Excess;
import dev.portcullis.policy.Limits;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The rows of sessions. */
@ApplicationScoped
class SessionRows {
  @PersistenceContext(unitName = "portcullis")
  private EntityManager entities;

  private LimitStore limits;

  /** For the container's proxy only. */
  protected SessionRows() {}

  @Inject
  SessionRows(LimitStore limits) {
    this.limits = limits;
  }

  /** Opens once. Fails when another login makes the row just now. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  Opening open(Login login, AccountIdentity account, NodeIdentity node, Limits applying) {
    Optional<Excess> excess = limits.ofLogin(applying, account.id(), login.runId());
    if (excess.isPresent()) {
      return new Opening.TooMany(excess.get());
    }
    ClientSession session =
        entities.find(ClientSession.class, login.runId(), LockModeType.PESSIMISTIC_WRITE);
    if (session == null) {
      session = new ClientSession(login.runId(), account, node);
      session.login(login, node);
      entities.persist(session);
    } else if (session.passesTo(account)) {
      session.login(login, node);
    } else {
      return new Opening.ForeignRunId();
    }
    return new Opening.Opened(
        new SessionIdentity(
            login.runId(),
            session.generation(),
            new ClientIdentity(login.clientAddress(), login.version(), login.os())));
  }

  /** False when the run id is another account's. Fails when another call makes it just now. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  boolean adopt(String runId, AccountIdentity account, NodeIdentity node) {
    ClientSession session = entities.find(ClientSession.class, runId);
    if (session == null) {
      entities.persist(new ClientSession(runId, account, node));
      return true;
    }
    return session.passesTo(account);
  }

  @Transactional
  void seen(Collection<String> runIds, OffsetDateTime at) {
    update("seenAt", runIds, at);
  }

  @Transactional
  void came(Rung rung, Collection<String> runIds, OffsetDateTime at) {
    update(
        switch (rung) {
          case PING -> "pingAt";
          case NEW_WORK_CONN -> "workConnAt";
          case NEW_USER_CONN -> "userConnAt";
          case LOGIN ->
              throw new IllegalArgumentException("A login is written down when it is let in");
        },
        runIds,
        at);
  }

  @Transactional
  void refused(Rung rung, Collection<String> runIds, OffsetDateTime at) {
    update(
        switch (rung) {
          case PING -> "pingRefusedAt";
          case NEW_WORK_CONN -> "workConnRefusedAt";
          case NEW_USER_CONN -> "userConnRefusedAt";
          case LOGIN -> "loginRefusedAt";
        },
        runIds,
        at);
  }

  private void update(String member, Collection<String> runIds, OffsetDateTime at) {
    entities
        .createQuery("update ClientSession s set s." + member + " = :at where s.runId in :runIds")
        .setParameter("at", Moment.text(at))
        .setParameter("runIds", runIds)
        .executeUpdate();
  }

  /** Notes that a proxy of the login, or of an earlier one, was closed. */
  @Transactional(Transactional.TxType.MANDATORY)
  void closed(String runId, long generation) {
    entities
        .createQuery(
            "update ClientSession s set s.closedAt = :now where s.runId = :runId"
                + " and s.closedAt is null and s.generation <= :generation")
        .setParameter("now", Moment.now())
        .setParameter("runId", runId)
        .setParameter("generation", generation)
        .executeUpdate();
  }

  @Transactional
  Optional<KnownSession> find(String runId) {
    return Optional.ofNullable(entities.find(ClientSession.class, runId)).map(ClientSession::known);
  }

  @Transactional
  int forget(OffsetDateTime unseenSince) {
    return entities
        .createQuery("delete from ClientSession s where s.seenAt < :unseenSince")
        .setParameter("unseenSince", Moment.text(unseenSince))
        .executeUpdate();
  }

  @Transactional(Transactional.TxType.MANDATORY)
  void orphan(String accountId) {
    // first, as a login does, which locks the session after it
    limits.forget(accountId);
    entities
        .createQuery(
            "update ClientSession s set s.accountId = :nobody where s.accountId = :account")
        .setParameter("nobody", "")
        .setParameter("account", accountId)
        .executeUpdate();
  }

  /** Where an account has signed in from, the latest first. */
  @Transactional
  List<String> addresses(String accountId, int most) {
    return entities
        .createQuery(
            "select s.clientAddress from ClientSession s where s.accountId = :account"
                + " order by s.loginAt desc",
            String.class)
        .setParameter("account", accountId)
        .setMaxResults(most)
        .getResultList();
  }

  @Transactional
  List<ClientSession> page(String account, String after, int limit) {
    String ofAccount = account.isEmpty() ? "" : " and s.accountName = :account";
    TypedQuery<ClientSession> query =
        entities
            .createQuery(
                "select s from ClientSession s where s.runId > :after"
                    + ofAccount
                    + " order by s.runId",
                ClientSession.class)
            .setParameter("after", after);
    if (!account.isEmpty()) {
      query.setParameter("account", account);
    }
    return query.setMaxResults(limit).getResultList();
  }
}
