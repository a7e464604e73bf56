package dev.portcullis.kick;

import java.time.OffsetDateTime;
import java.util.List;

/**
 * What can put a session out, what has, and what remains.
 *
 * @param generation the login that it is in; 0 where frps shows no logins to Portcullis
 * @param clientVersion of frpc, self-asserted; frps does not tell its own
 * @param loginAt of that login, UTC
 * @param heldOffBy why its operations are refused at present; empty when they are not
 * @param rungs from the one that does most
 * @param proxies that it holds
 * @param remains what goes on in spite of all, and until when
 */
public record LadderRepresentation(
    String runId,
    String account,
    String node,
    long generation,
    String clientVersion,
    OffsetDateTime loginAt,
    List<String> heldOffBy,
    List<RungRepresentation> rungs,
    List<HeldProxyRepresentation> proxies,
    List<String> remains) {
  public LadderRepresentation {
    heldOffBy = List.copyOf(heldOffBy);
    rungs = List.copyOf(rungs);
    proxies = List.copyOf(proxies);
    remains = List.copyOf(remains);
  }
}
