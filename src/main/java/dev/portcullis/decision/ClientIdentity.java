package dev.portcullis.decision;

/**
 * The frpc of a session, as it was at its login. What is not known is empty.
 *
 * @param address {@code ip:port}, as frps writes it; {@code pipe} from the SSH gateway of frps
 * @param version of frpc, self-asserted
 * @param os self-asserted, for example {@code linux}
 */
public record ClientIdentity(String address, String version, String os) {
  public static final ClientIdentity UNKNOWN = new ClientIdentity("", "", "");
}
