package dev.portcullis.decision;

/**
 * A session of a client.
 *
 * @param runId frp's run id, kept by the frpc process over its reconnects
 * @param generation counts the logins with this run id, from the second of the first one; 0 without
 *     any: what tells a late word of the previous connection from one of the present
 * @param client what was known of it at its login
 */
public record SessionIdentity(String runId, long generation, ClientIdentity client) {

  /** Of a client of which nothing is known. */
  public SessionIdentity(String runId, long generation) {
    this(runId, generation, ClientIdentity.UNKNOWN);
  }
}
