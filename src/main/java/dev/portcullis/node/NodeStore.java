package dev.portcullis.node;

import dev.portcullis.change.Changed;
import dev.portcullis.database.StartOrder;
import dev.portcullis.decision.NodeIdentity;
import dev.portcullis.secret.Secrets;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The registered frps servers, all in memory. */
@ApplicationScoped
public class NodeStore {
  private NodeRows rows;
  private Secrets secrets;
  private final AtomicLong changes = new AtomicLong();
  private volatile @Nullable Registry registry;

  /** What decisions need to know of a node. */
  private record Known(NodeIdentity identity, boolean metaAuthentication) {}

  private record Key(Known node, String hash, @Nullable OffsetDateTime expiresAt) {}

  private record Registry(Map<String, Known> byId, Map<String, Key> byHash) {}

  /** For the container's proxy only. */
  protected NodeStore() {}

  @Inject
  NodeStore(NodeRows rows, Secrets secrets) {
    this.rows = rows;
    this.secrets = secrets;
  }

  void start(
      @Observes @Priority(StartOrder.LOAD) @Initialized(ApplicationScoped.class) Object started) {
    load();
  }

  /** Whether all nodes are in memory, so that asking for one costs no I/O. */
  public boolean isLoaded() {
    return registry != null;
  }

  void changed(@Observes Changed changed) {
    if (changed.kind() == Changed.Kind.NODE) {
      // no transaction can begin while another one completes: whoever asks next reads
      changes.incrementAndGet();
      registry = null;
    }
  }

  /**
   * Authenticates a frps. Costs a hash, and the same time for every wrong secret; no I/O while the
   * nodes {@linkplain #isLoaded are in memory}.
   *
   * @param name the node's name as given; null where only a secret was given
   * @param secret the secret as given
   */
  public Optional<NodeIdentity> authenticate(@Nullable String name, String secret) {
    String hash = secrets.hash(Secrets.Purpose.NODE_SECRET, secret);
    // the hash is keyed: nobody can steer what the lookup compares
    Key key = current().byHash().get(hash);
    if (key == null || !Secrets.same(key.hash(), hash)) {
      return Optional.empty();
    }
    boolean expired = key.expiresAt() != null && key.expiresAt().isBefore(NodeRows.now());
    boolean otherName = name != null && !name.equals(key.node().identity().name());
    return expired || otherName ? Optional.empty() : Optional.of(key.node().identity());
  }

  /**
   * Whether operations of this node without a session grant may be authenticated by their metas.
   */
  public boolean authenticatesByMetas(NodeIdentity node) {
    Known known = current().byId().get(node.id());
    return known != null && known.metaAuthentication();
  }

  /** Whether a frps of that name may ask. */
  public boolean isKnown(String name) {
    return current().byId().values().stream().anyMatch(node -> node.identity().name().equals(name));
  }

  private Registry current() {
    Registry known = registry;
    return known != null ? known : loaded();
  }

  /** Reads all nodes, unless they are in memory. */
  public void load() {
    loaded();
  }

  // one reader at a time; what changes while it reads is read again
  private synchronized Registry loaded() {
    Registry known = registry;
    while (known == null) {
      long before = changes.get();
      Registry read = read();
      registry = read;
      // only now: a change that comes later takes it away again
      if (changes.get() == before) {
        known = read;
      } else {
        registry = null;
      }
    }
    return known;
  }

  private Registry read() {
    Map<String, Known> byId = new HashMap<>();
    for (Node node : rows.all()) {
      if (node.enabled()) {
        byId.put(node.id(), new Known(identity(node), node.metaAuthentication()));
      }
    }
    Map<String, Key> byHash = new HashMap<>();
    for (NodeSecret secret : rows.secrets()) {
      Known node = byId.get(secret.nodeId());
      if (node != null) {
        byHash.put(secret.hash(), new Key(node, secret.hash(), secret.expiresAt()));
      }
    }
    return new Registry(Map.copyOf(byId), Map.copyOf(byHash));
  }

  private static NodeIdentity identity(Node node) {
    return new NodeIdentity(node.id(), node.name());
  }
}
