package dev.portcullis.kick;

import java.util.List;

/**
 * A proxy that a session holds.
 *
 * @param lease key of its lease
 * @param proxyName full name
 * @param visitorsAsked whether frps asks for each of its visitors
 * @param heldOffBy what holds off this proxy beside its session
 */
public record HeldProxyRepresentation(
    String lease,
    String proxyName,
    String proxyType,
    boolean visitorsAsked,
    List<String> heldOffBy) {
  public HeldProxyRepresentation {
    heldOffBy = List.copyOf(heldOffBy);
  }
}
