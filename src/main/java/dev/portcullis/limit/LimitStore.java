package dev.portcullis.limit;

import dev.portcullis.policy.Excess;
import dev.portcullis.policy.Limits;
import dev.portcullis.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Whether one more is too many. Asked in the transaction that adds it, first of all; what is held
 * stays as it is until that transaction ends.
 */
@ApplicationScoped
public class LimitStore {
  /** How long a session without proxies counts that nothing is heard of. */
  private static final Duration QUIET = Duration.ofMinutes(1);

  private UsageRows rows;
  private Settings settings;

  /** For the container's proxy only. */
  protected LimitStore() {}

  @Inject
  LimitStore(UsageRows rows, Settings settings) {
    this.rows = rows;
    this.settings = settings;
  }

  /** What a login with that run id would exceed. */
  public Optional<Excess> ofLogin(Limits limits, String accountId, String runId) {
    if (!limits.countSessions()) {
      return Optional.empty();
    }
    Usage usage = usage(accountId, "", "");
    return limits.excess(limit -> usage.ofLogin(node -> limit.isOn(node, limits.facts()), runId));
  }

  /**
   * What a proxy would exceed.
   *
   * @param proxyName the one that does not count, since it is asked for
   * @param port that it is to take; 0 for a type without one
   */
  public Optional<Excess> ofProxy(
      Limits limits, String accountId, String runId, String nodeId, String proxyName, int port) {
    if (!limits.countProxies()) {
      return Optional.empty();
    }
    Usage usage = usage(accountId, nodeId, proxyName);
    String own = limits.facts().node();
    String type = limits.facts().proxy().type();
    return limits.excess(
        limit -> usage.ofProxy(node -> limit.isOn(node, limits.facts()), runId, own, type, port));
  }

  private Usage usage(String accountId, String nodeId, String proxyName) {
    rows.lock(accountId);
    OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
    return new Usage(
        rows.recent(accountId, now.minus(QUIET)),
        rows.open(accountId, now.minus(settings.leaseTime()), nodeId, proxyName));
  }

  /** Forgets a deleted account, in the caller's transaction. */
  public void forget(String accountId) {
    rows.forget(accountId);
  }
}
