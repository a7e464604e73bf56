package dev.portcullis.kick;

import dev.portcullis.condition.VersionRange;
import dev.portcullis.session.KnownSession;
import dev.portcullis.session.Rung;
import dev.portcullis.session.SessionRepresentation;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Words the report on a session, as frp behaves (src/docs/locks.md says where it is read). */
final class Ladder {
  // frpc pings by itself up to here
  private static final VersionRange PINGING = VersionRange.of("<0.58.0");
  private static final String SSH_GATEWAY = "pipe";

  private final KnownSession session;
  private final SessionRepresentation shown;
  private final List<String> heldOffBy;
  private final List<HeldProxyRepresentation> proxies;

  Ladder(KnownSession session, List<String> heldOffBy, List<HeldProxyRepresentation> proxies) {
    this.session = session;
    this.shown = session.shown();
    this.heldOffBy = heldOffBy;
    this.proxies = proxies;
  }

  LadderRepresentation representation() {
    return new LadderRepresentation(
        shown.runId(),
        shown.account(),
        shown.node(),
        shown.generation(),
        shown.clientVersion(),
        shown.loginAt(),
        heldOffBy,
        List.of(
            rung(Rung.PING, came(Rung.PING), ping()),
            rung(Rung.NEW_WORK_CONN, came(Rung.NEW_WORK_CONN), newWorkConn()),
            rung(
                Rung.NEW_USER_CONN,
                hasProxy(HeldProxyRepresentation::visitorsAsked),
                newUserConn()),
            rung(Rung.LOGIN, showsLogins(), login())),
        proxies,
        remains());
  }

  private RungRepresentation rung(Rung rung, boolean acts, String says) {
    return new RungRepresentation(
        rung.operation(),
        acts,
        rung == Rung.LOGIN ? loginCame() : session.came().get(rung),
        session.refused().get(rung),
        says);
  }

  private @Nullable OffsetDateTime loginCame() {
    return showsLogins() ? shown.loginAt() : null;
  }

  /** In this login: the one before may have come by another configuration. */
  private boolean came(Rung rung) {
    OffsetDateTime last = session.came().get(rung);
    return last != null && !last.isBefore(shown.loginAt());
  }

  private boolean showsLogins() {
    return shown.generation() > 0;
  }

  private boolean hasProxy(Predicate<HeldProxyRepresentation> fits) {
    return proxies.stream().anyMatch(fits);
  }

  private String ping() {
    if (came(Rung.PING)) {
      return "A refused Ping makes frpc close its session, and all connections through it unless it runs with transport.tcpMux = false; then it logs in again.";
    }
    if (shown.clientAddress().equals(SSH_GATEWAY)) {
      return "None comes from a client of frps's SSH gateway.";
    }
    return PINGING.contains(shown.clientVersion())
        ? "None has come since the login. This frpc sends them by itself, so it takes one line in frps.toml: ops under [[httpPlugins]] must have \"Ping\"."
        : "None has come since the login. Two lines turn them on: in frps.toml ops under [[httpPlugins]] must have \"Ping\", and in frpc.toml transport.heartbeatInterval = 30, since frpc 0.58 and later send none by themselves.";
  }

  private String newWorkConn() {
    return came(Rung.NEW_WORK_CONN)
        ? "A refused one leaves frpc without connections for data, for every type of proxy, once those in reserve are used up."
        : "None has come since the login. In frps.toml ops under [[httpPlugins]] must have \"NewWorkConn\".";
  }

  private String newUserConn() {
    if (proxies.isEmpty()) {
      return "This session holds no proxy.";
    }
    if (!hasProxy(HeldProxyRepresentation::visitorsAsked)) {
      return "frps does not ask for visitors of any proxy that this session holds: "
          + unasked()
          + ".";
    }
    String refused =
        "A refused visitor is turned away from %s."
            .formatted(names(HeldProxyRepresentation::visitorsAsked));
    return came(Rung.NEW_USER_CONN)
        ? refused
        : refused
            + " None has come since the login; in frps.toml ops under [[httpPlugins]] must have \"NewUserConn\".";
  }

  private String login() {
    if (!showsLogins()) {
      return "frps does not show its logins to Portcullis: in frps.toml ops under [[httpPlugins]] must have \"Login\". Until then a kick stands until frpc is started anew, which gives it another run id.";
    }
    return "The next login of this client is refused by a lock on it and while its account is disabled, expired or deleted; a kick ends one login, and the next is let in.";
  }

  private List<String> remains() {
    List<String> remains = new ArrayList<>();
    if (heldOffBy.isEmpty()) {
      remains.add(
          session.refused().values().stream()
              .filter(refused -> !refused.isBefore(shown.loginAt()))
              .max(Comparator.naturalOrder())
              .map(
                  refused ->
                      "No lock, kick or state of the account holds this session off at present, but it was refused at %s, after its login; the audit log says why."
                          .formatted(refused))
              .orElse("Nothing holds this session off at present."));
    }
    remains.add(
        came(Rung.PING)
            ? "Connections that are open go on until the next Ping, when frpc closes its session; with transport.tcpMux = false they end only by themselves."
            : "Connections that are open go on until they end by themselves, or frpc or frps is restarted: frp lets nobody close them.");
    if (hasProxy(proxy -> !proxy.visitorsAsked())) {
      remains.add(
          "frps does not ask for visitors of %s: they are served until no connection for data is left, and a kick of such a proxy alone stops nobody."
              .formatted(unasked()));
    }
    return remains;
  }

  private String unasked() {
    return names(proxy -> !proxy.visitorsAsked());
  }

  private String names(Predicate<HeldProxyRepresentation> fits) {
    return proxies.stream()
        .filter(fits)
        .map(proxy -> "'%s' (%s)".formatted(proxy.proxyName(), proxy.proxyType()))
        .collect(Collectors.joining(", "));
  }
}
