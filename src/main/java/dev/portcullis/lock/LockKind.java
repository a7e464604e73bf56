package dev.portcullis.lock;

import java.util.Locale;

/** What a lock is on. */
public enum LockKind {
  /** An account, by its name. */
  ACCOUNT,
  /** Every account in a group, by the group's name. */
  GROUP,
  /** Clients and visitors of an address or a network. */
  ADDRESS,
  /** Proxies by their full name or a pattern of it, on one node or on every one. */
  PROXY,
  /** All that one frps asks, by the node's name. */
  NODE;

  /** As the member of the admin API and the code of the refusal call it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
