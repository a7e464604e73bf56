package dev.portcullis.decision;

/**
 * A session of a client.
 *
 * @param runId frp's run id, kept by the frpc process over its reconnects
 * @param generation counts the logins with this run id, from 1: what tells a late word of the
 *     previous connection from one of the present
 */
public record SessionIdentity(String runId, long generation) {}
