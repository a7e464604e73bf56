package dev.portcullis.account;

import dev.portcullis.admin.ProblemException;
import dev.portcullis.audit.AuditEvent;
import dev.portcullis.audit.AuditStore;
import dev.portcullis.change.ChangeStore;
import dev.portcullis.change.Changed;
import dev.portcullis.decision.SignInWay;
import dev.portcullis.proof.DomainClaimStore;
import dev.portcullis.reservation.GrantEdit;
import dev.portcullis.reservation.GrantStore;
import dev.portcullis.rewrite.ImpositionStore;
import dev.portcullis.secret.Secrets;
import dev.portcullis.session.SessionStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rows of accounts and their credentials. */
@ApplicationScoped
class AccountRows {
  /** Who does what no administrator has asked for; no user of a server is called so. */
  private static final String SIGN_IN = "(sign-in)";

  @PersistenceContext(unitName = "portcullis")
  private EntityManager entities;

  private ChangeStore changes;
  private AuditStore audit;
  private GrantStore grants;
  private ImpositionStore impositions;
  private DomainClaimStore domains;
  private SessionStore sessions;

  /** For the container's proxy only. */
  protected AccountRows() {}

  @Inject
  AccountRows(
      ChangeStore changes,
      AuditStore audit,
      GrantStore grants,
      ImpositionStore impositions,
      DomainClaimStore domains,
      SessionStore sessions) {
    this.changes = changes;
    this.audit = audit;
    this.grants = grants;
    this.impositions = impositions;
    this.domains = domains;
    this.sessions = sessions;
  }

  @Transactional
  Optional<Account> find(String name) {
    return entities
        .createQuery("select a from Account a where a.name = :name", Account.class)
        .setParameter("name", name)
        .getResultStream()
        .findFirst();
  }

  @Transactional
  Optional<KnownAccount> known(String name) {
    return find(name).map(account -> KnownAccount.of(account, credentialsOf(account)));
  }

  @Transactional
  List<Account> page(String after, int limit) {
    return entities
        .createQuery("select a from Account a where a.name > :after order by a.name", Account.class)
        .setParameter("after", after)
        .setMaxResults(limit)
        .getResultList();
  }

  @Transactional
  List<Credential> credentialsOf(Account account) {
    return entities
        .createQuery(
            "select c from Credential c where c.accountId = :account order by c.id",
            Credential.class)
        .setParameter("account", account.id())
        .getResultList();
  }

  @Transactional
  void add(Account account, List<Credential> credentials, List<GrantEdit> owned, String actor) {
    entities.persist(account);
    entities.flush();
    credentials.forEach(credential -> addCredential(account, credential, actor));
    owned.forEach(grant -> grants.add(account.id(), account.name(), grant, actor));
    changed(account.name(), "account.create", "", actor);
  }

  @Transactional
  Optional<Account> edit(String name, AccountEdit edit, String actor) {
    Optional<Account> account = find(name);
    account.ifPresent(
        found -> {
          edit.applyTo(found);
          changed(
              name,
              "account.update",
              "enabled %s, expires %s, groups %s, sign-in %s"
                  .formatted(
                      found.enabled(),
                      found.expiresAt(),
                      found.groups(),
                      found.signIn() == null ? "by group" : found.signIn().column()),
              actor);
        });
    return account;
  }

  /** True when that was news. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  boolean learn(String name, Set<String> groups) {
    Optional<Account> account = find(name).filter(found -> !found.directoryGroups().equals(groups));
    account.ifPresent(
        found -> {
          found.learn(groups);
          changed(name, "account.groups", String.join(", ", found.directoryGroups()), SIGN_IN);
        });
    return account.isPresent();
  }

  /** True when there was none. Fails when another login makes it just now. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  boolean welcome(String name, SignInWay way, Set<String> groups) {
    if (find(name).isPresent()) {
      return false;
    }
    Account account = new Account(name);
    account.describe("made at first login by " + way.text());
    account.learn(groups);
    entities.persist(account);
    entities.flush();
    changed(name, "account.create", "first login by " + way.text(), SIGN_IN);
    return true;
  }

  /** False when there is none. Fails when a login of it is quicker. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  boolean remove(String name, String actor) {
    Optional<Account> account = find(name);
    account.ifPresent(
        found -> {
          credentialsOf(found).forEach(entities::remove);
          grants.removeAll(found.id());
          domains.removeAll(found.id());
          impositions.remove(found.id());
          sessions.orphan(found.id());
          entities.flush();
          entities.remove(found);
          changed(name, "account.delete", "", actor);
        });
    return account.isPresent();
  }

  @Transactional
  void addCredential(Account account, Credential credential, String actor) {
    // else revoking one would leave the token in force by the other
    if (credentialsOf(account).stream()
        .anyMatch(known -> Secrets.same(known.hash(), credential.hash()))) {
      throw ProblemException.conflict(
          "'" + account.name() + "' has a credential with this token already");
    }
    entities.persist(credential);
    changed(account.name(), "credential.create", credential.id(), actor);
  }

  @Transactional
  boolean removeCredential(Account account, String credentialId, String actor) {
    Optional<Credential> credential =
        Optional.ofNullable(entities.find(Credential.class, credentialId))
            .filter(found -> found.accountId().equals(account.id()));
    credential.ifPresent(
        found -> {
          entities.remove(found);
          changed(account.name(), "credential.delete", credentialId, actor);
        });
    return credential.isPresent();
  }

  private void changed(String name, String action, String detail, String actor) {
    audit.recordWith(
        new AuditEvent(AuditEvent.Kind.ADMIN, AuditEvent.Outcome.ALLOWED, action)
            .by(actor)
            .to(name)
            .saying(detail));
    changes.enter(new Changed(Changed.Kind.ACCOUNT, name));
  }
}
