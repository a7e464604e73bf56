package dev.portcullis.policy;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a test of a document says of limits.
 *
 * @param inUse what the account has already
 * @param limit the one that must refuse; empty for any
 * @param bandwidth that the proxy must get at most; empty for whatever
 */
record LimitTest(InUse inUse, Optional<String> limit, Optional<String> bandwidth) {

  static LimitTest of(
      @Nullable DocumentNode inUse,
      @Nullable DocumentNode limit,
      @Nullable DocumentNode bandwidth) {
    return new LimitTest(
        inUse == null ? InUse.NOTHING : inUse(inUse),
        Optional.ofNullable(limit).map(DocumentNode::text),
        Optional.ofNullable(bandwidth).map(DocumentNode::text));
  }

  private static InUse inUse(DocumentNode node) {
    Map<String, DocumentNode> members =
        node.members("sessions", "proxies", "proxies-per-session", "ports", "types");
    return new InUse(
        number(members.get("sessions")),
        number(members.get("proxies")),
        number(members.get("proxies-per-session")),
        number(members.get("ports")),
        LimitReader.types(members.get("types")));
  }

  private static int number(@Nullable DocumentNode node) {
    return node == null ? 0 : node.number(0, Integer.MAX_VALUE);
  }

  /** What a session or proxy that rules allow would exceed. */
  Optional<Excess> excess(Limits limits) {
    return limits.facts().operation().equals("Login")
            || limits.facts().operation().equals("NewProxy")
        ? limits.excess(limit -> inUse)
        : Optional.empty();
  }

  /** What is wrong with the limits; empty where nothing is. */
  Optional<String> fault(Limits limits, Optional<Excess> excess) {
    String by = excess.map(Excess::limit).orElse("none");
    String gets = limits.bandwidth().map(Bandwidth::text).orElse("any");
    if (limit.isPresent() && !limit.get().equals(by)) {
      return Optional.of("the limit that refuses is %s, not '%s'".formatted(by, limit.get()));
    }
    return bandwidth.isPresent() && !bandwidth.get().equals(gets)
        ? Optional.of("the bandwidth is %s, not %s".formatted(gets, bandwidth.get()))
        : Optional.empty();
  }
}
