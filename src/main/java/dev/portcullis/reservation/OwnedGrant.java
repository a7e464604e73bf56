package dev.portcullis.reservation;

/**
 * A grant with the name of its owner.
 *
 * @param kind as the admin API writes it, for example {@code tcp-port}
 */
public record OwnedGrant(String account, String kind, String value) {
  /** As it is shown to an administrator. */
  @Override
  public String toString() {
    return "%s (%s %s)".formatted(account, kind, value);
  }
}
