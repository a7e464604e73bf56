package dev.portcullis.node;

import dev.portcullis.audit.AuditEvent;
import dev.portcullis.audit.AuditStore;
import dev.portcullis.change.ChangeStore;
import dev.portcullis.change.Changed;
import dev.portcullis.rewrite.ImpositionStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The rows of nodes and their secrets. */
@ApplicationScoped
class NodeRows {
  @PersistenceContext(unitName = "portcullis")
  private EntityManager entities;

  private ChangeStore changes;
  private AuditStore audit;
  private ImpositionStore impositions;

  /** For the container's proxy only. */
  protected NodeRows() {}

  @Inject
  NodeRows(ChangeStore changes, AuditStore audit, ImpositionStore impositions) {
    this.changes = changes;
    this.audit = audit;
    this.impositions = impositions;
  }

  @Transactional
  List<Node> all() {
    return entities.createQuery("select n from Node n order by n.name", Node.class).getResultList();
  }

  @Transactional
  List<Node> page(String after, int limit) {
    return entities
        .createQuery("select n from Node n where n.name > :after order by n.name", Node.class)
        .setParameter("after", after)
        .setMaxResults(limit)
        .getResultList();
  }

  @Transactional
  List<NodeSecret> secrets() {
    return entities.createQuery("select s from NodeSecret s", NodeSecret.class).getResultList();
  }

  @Transactional
  Optional<Node> find(String name) {
    return entities
        .createQuery("select n from Node n where n.name = :name", Node.class)
        .setParameter("name", name)
        .getResultStream()
        .findFirst();
  }

  @Transactional
  List<NodeSecret> secretsOf(Node node) {
    return entities
        .createQuery(
            "select s from NodeSecret s where s.nodeId = :node order by s.id", NodeSecret.class)
        .setParameter("node", node.id())
        .getResultList();
  }

  @Transactional
  Node add(Node node, String secretHash, String actor) {
    entities.persist(node);
    entities.flush();
    entities.persist(new NodeSecret(node, secretHash));
    changed(node.name(), "node.create", actor);
    return node;
  }

  @Transactional
  Optional<Node> edit(String name, NodeEdit edit, String actor) {
    Optional<Node> node = find(name);
    node.ifPresent(
        found -> {
          edit.applyTo(found);
          changed(name, "node.update", actor);
        });
    return node;
  }

  @Transactional
  boolean remove(String name, String actor) {
    Optional<Node> node = find(name);
    node.ifPresent(
        found -> {
          secretsOf(found).forEach(entities::remove);
          impositions.remove(found.id());
          entities.flush();
          entities.remove(found);
          changed(name, "node.delete", actor);
        });
    return node.isPresent();
  }

  @Transactional
  NodeSecret rotate(Node node, String hash, OffsetDateTime othersEnd, String actor) {
    secretsOf(node).forEach(secret -> secret.endAt(othersEnd));
    NodeSecret fresh = new NodeSecret(node, hash);
    entities.persist(fresh);
    changed(node.name(), "node.secret.create", actor);
    return fresh;
  }

  @Transactional
  boolean revoke(Node node, String secretId, String actor) {
    Optional<NodeSecret> secret =
        Optional.ofNullable(entities.find(NodeSecret.class, secretId))
            .filter(found -> found.nodeId().equals(node.id()));
    secret.ifPresent(
        found -> {
          entities.remove(found);
          changed(node.name(), "node.secret.delete", actor);
        });
    return secret.isPresent();
  }

  private void changed(String name, String action, String actor) {
    audit.recordWith(
        new AuditEvent(AuditEvent.Kind.ADMIN, AuditEvent.Outcome.ALLOWED, action)
            .by(actor)
            .to(name));
    changes.enter(new Changed(Changed.Kind.NODE, name));
  }

  static OffsetDateTime now() {
    return OffsetDateTime.now(ZoneOffset.UTC);
  }
}
