package dev.portcullis.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.change.Changed;
import dev.portcullis.change.Changed.Kind;
import dev.portcullis.decision.NodeIdentity;
import dev.portcullis.secret.Secrets;
import dev.portcullis.secret.Secrets.Purpose;
import dev.portcullis.settings.Given;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NodeStoreTest {

  private static final class Rows extends NodeRows {
    final List<Node> nodes = new ArrayList<>();
    final List<NodeSecret> secrets = new ArrayList<>();
    int read;
    @Nullable RuntimeException failure;

    @Override
    List<Node> all() {
      if (failure != null) {
        throw failure;
      }
      read++;
      return List.copyOf(nodes);
    }

    @Override
    List<NodeSecret> secrets() {
      return List.copyOf(secrets);
    }
  }

  private final Secrets secrets = new Secrets(Given.settings());
  private final Rows rows = new Rows();
  private final NodeStore store = new NodeStore(rows, secrets);
  private final Node frps1 = node("frps-1", "s3cret-1");
  private final Node frps2 = node("frps-2", "s3cret-2");

  private Node node(String name, String secret) {
    Node node = new Node(name);
    rows.nodes.add(node);
    secret(node, secret);
    return node;
  }

  private NodeSecret secret(Node node, String secret) {
    NodeSecret row = new NodeSecret(node, secrets.hash(Purpose.NODE_SECRET, secret));
    rows.secrets.add(row);
    return row;
  }

  @Test
  void knowsANodeByItsSecret() {
    Optional<NodeIdentity> first = Optional.of(new NodeIdentity(frps1.id(), "frps-1"));
    assertEquals(first, store.authenticate("frps-1", "s3cret-1"));
    assertEquals(first, store.authenticate(null, "s3cret-1"));
    assertEquals(
        Optional.of(new NodeIdentity(frps2.id(), "frps-2")),
        store.authenticate("frps-2", "s3cret-2"));
  }

  @Test
  void refusesAnythingElse() {
    assertEquals(Optional.empty(), store.authenticate("frps-1", "s3cret-2"));
    assertEquals(Optional.empty(), store.authenticate("frps-1", "S3cret-1"));
    assertEquals(Optional.empty(), store.authenticate("frps-1", ""));
    assertEquals(Optional.empty(), store.authenticate("frps-3", "s3cret-1"));
    assertEquals(Optional.empty(), store.authenticate("", "s3cret-1"));
    assertEquals(Optional.empty(), store.authenticate("FRPS-1", "s3cret-1"));
    assertEquals(
        Optional.empty(),
        store.authenticate("frps-1", secrets.hash(Purpose.NODE_SECRET, "s3cret-1")));
  }

  @Test
  void takesOldAndNewSecretsDuringARotation() {
    secret(frps1, "new").endAt(NodeRows.now().plus(Duration.ofMinutes(5)));
    assertEquals(true, store.authenticate("frps-1", "new").isPresent());
    assertEquals(true, store.authenticate("frps-1", "s3cret-1").isPresent());
  }

  @Test
  void refusesASecretThatHasEnded() {
    rows.secrets.get(0).endAt(NodeRows.now().minus(Duration.ofMillis(1)));
    assertEquals(Optional.empty(), store.authenticate("frps-1", "s3cret-1"));
  }

  @Test
  void neverLetsASecretLiveLongerThanWasSaid() {
    NodeSecret secret = rows.secrets.get(0);
    secret.endAt(NodeRows.now().minus(Duration.ofHours(1)));
    secret.endAt(NodeRows.now().plus(Duration.ofHours(1)));
    assertEquals(Optional.empty(), store.authenticate("frps-1", "s3cret-1"));
  }

  @Test
  void refusesADisabledNode() {
    frps1.enable(false);
    assertEquals(Optional.empty(), store.authenticate("frps-1", "s3cret-1"));
    assertEquals(false, store.authenticatesByMetas(new NodeIdentity(frps1.id(), "frps-1")));
  }

  @Test
  void knowsWhichNodesAuthenticateByMetas() {
    frps2.authenticateByMetas(false);
    assertEquals(true, store.authenticatesByMetas(new NodeIdentity(frps1.id(), "frps-1")));
    assertEquals(false, store.authenticatesByMetas(new NodeIdentity(frps2.id(), "frps-2")));
    assertEquals(false, store.authenticatesByMetas(new NodeIdentity("unknown", "frps-1")));
  }

  @Test
  void readsOnceUntilANodeChanges() {
    store.start(this);
    store.authenticate("frps-1", "s3cret-1");
    store.changed(new Changed(Kind.ACCOUNT, "alice"));
    store.authenticate("frps-1", "wrong");
    assertEquals(1, rows.read);
    frps1.enable(false);
    assertEquals(true, store.authenticate("frps-1", "s3cret-1").isPresent());
    store.changed(new Changed(Kind.NODE, "frps-1"));
    assertEquals(false, store.authenticate("frps-1", "s3cret-1").isPresent());
    assertEquals(2, rows.read);
  }

  @Test
  void admitsNobodyWhileWhatHasChangedCantBeRead() {
    store.start(this);
    store.changed(new Changed(Kind.NODE, "frps-1"));
    rows.failure = new IllegalStateException("away");
    for (int i = 0; i < 2; i++) {
      assertThrows(IllegalStateException.class, () -> store.authenticate("frps-1", "s3cret-1"));
    }
    rows.failure = null;
    assertEquals(true, store.authenticate("frps-1", "s3cret-1").isPresent());
  }
}
