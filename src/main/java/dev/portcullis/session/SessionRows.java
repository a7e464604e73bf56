package dev.portcullis.session;

import dev.portcullis.database.Moment;
import dev.portcullis.decision.AccountIdentity;
import dev.portcullis.decision.ClientIdentity;
import dev.portcullis.decision.NodeIdentity;
import dev.portcullis.decision.SessionIdentity;
import dev.portcullis.operation.Login;
import jakarta.enterprise.context.ApplicationScoped;
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

  /** Empty when the run id is another account's. Fails when another login makes it just now. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  Optional<SessionIdentity> open(Login login, AccountIdentity account, NodeIdentity node) {
    ClientSession session =
        entities.find(ClientSession.class, login.runId(), LockModeType.PESSIMISTIC_WRITE);
    if (session == null) {
      session = new ClientSession(login.runId(), account, node);
      session.login(login, node);
      entities.persist(session);
    } else if (session.passesTo(account)) {
      session.login(login, node);
    } else {
      return Optional.empty();
    }
    return Optional.of(
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
    entities
        .createQuery(
            "update ClientSession s set s.accountId = :nobody where s.accountId = :account")
        .setParameter("nobody", "")
        .setParameter("account", accountId)
        .executeUpdate();
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
