package dev.portcullis.rewrite;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.admin.ProblemException;
import dev.portcullis.change.Changed;
import dev.portcullis.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is imposed, by the id of an account or node. */
@ApplicationScoped
public class ImpositionStore {
  private static final ImpositionRepresentation NOTHING =
      new ImpositionRepresentation("", Map.of(), Map.of(), Map.of());

  private ImpositionRows rows;
  private Cache<String, ImpositionRepresentation> cache;

  /** For the container's proxy only. */
  protected ImpositionStore() {}

  @Inject
  ImpositionStore(ImpositionRows rows, Settings settings) {
    this.rows = rows;
    this.cache = Caffeine.newBuilder().maximumSize(settings.accountCache()).build();
  }

  void changed(@Observes Changed changed) {
    if (changed.kind() == Changed.Kind.IMPOSITION) {
      cache.invalidate(changed.ref());
    }
  }

  /** What is imposed for an account or node; nothing when nobody has set it. */
  public ImpositionRepresentation get(String id) {
    return cache.get(id, key -> rows.find(key).orElse(NOTHING));
  }

  /**
   * Sets what is imposed for an account or node.
   *
   * @param target its name for the audit log
   * @param actor the administrator's name, for the audit log
   * @throws ProblemException 400 for what frps would not understand
   */
  public ImpositionRepresentation put(
      String id, String target, @Nullable ImpositionRepresentation wish, String actor) {
    if (wish == null) {
      throw ProblemException.badRequest(
          "Give what to impose: {\"bandwidthLimit\":\"1MB\",\"headers\":{\"X-Account\":\"${account}\"}}");
    }
    wish.check();
    rows.put(id, target, wish, actor);
    return get(id);
  }

  /** Takes away what is imposed, in the caller's transaction. */
  public void remove(String id) {
    rows.remove(id);
  }
}
