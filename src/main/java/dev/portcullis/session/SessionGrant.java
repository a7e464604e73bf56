package dev.portcullis.session;

import dev.portcullis.decision.AccountIdentity;
import dev.portcullis.decision.ClientIdentity;
import dev.portcullis.decision.NodeIdentity;
import dev.portcullis.decision.SessionIdentity;
import dev.portcullis.decision.SignInWay;
import dev.portcullis.secret.Secrets;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What Portcullis has admitted at a Login, as it travels in the metas of the session. frps does not
 * show it to the client.
 */
record SessionGrant(String nodeId, AccountIdentity account, SessionIdentity session) {
  /** Where it stands in the metas. */
  static final String META = "portcullis-session";

  private static final String FORM = "3";
  private static final int PARTS = 12;

  /** Of sessions that were opened before rules looked at clients. */
  private static final String FORM_WITHOUT_CLIENT = "2";

  private static final int PARTS_WITHOUT_CLIENT = 9;

  /** Of sessions that were opened before there was another way than tokens. */
  private static final String OLD_FORM = "1";

  private static final int OLD_PARTS = 7;
  private static final int LONGEST_PART = 64;

  static SessionGrant of(NodeIdentity node, AccountIdentity account, SessionIdentity session) {
    // groups and labels are looked up at every operation
    return new SessionGrant(node.id(), account.with(Set.of(), Map.of()), session);
  }

  /** The grant as text, signed. */
  String sign(Secrets secrets) {
    String payload =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                String.join(
                        "\n",
                        FORM,
                        nodeId,
                        account.id(),
                        account.name(),
                        account.credentialId(),
                        session.runId(),
                        Long.toString(session.generation()),
                        account.way().name(),
                        account.until() == null
                            ? ""
                            : Long.toString(account.until().toEpochSecond()),
                        part(session.client().address()),
                        part(session.client().version()),
                        part(session.client().os()))
                    .getBytes(StandardCharsets.UTF_8));
    return payload + "." + secrets.hash(Secrets.Purpose.SESSION_GRANT, payload);
  }

  /** Reads a text that {@link #sign} made under the same key; empty for any other. */
  static Optional<SessionGrant> verify(String text, Secrets secrets) {
    int dot = text.indexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    String payload = text.substring(0, dot);
    if (!Secrets.same(
        secrets.hash(Secrets.Purpose.SESSION_GRANT, payload), text.substring(dot + 1))) {
      return Optional.empty();
    }
    List<String> parts =
        List.of(
            new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8)
                .split("\n", -1));
    if (parts.size() == PARTS && parts.get(0).equals(FORM)) {
      ClientIdentity client = new ClientIdentity(parts.get(9), parts.get(10), parts.get(11));
      return Optional.of(read(parts, SignInWay.valueOf(parts.get(7)), parts.get(8), client));
    }
    if (parts.size() == PARTS_WITHOUT_CLIENT && parts.get(0).equals(FORM_WITHOUT_CLIENT)) {
      return Optional.of(
          read(parts, SignInWay.valueOf(parts.get(7)), parts.get(8), ClientIdentity.UNKNOWN));
    }
    return parts.size() == OLD_PARTS && parts.get(0).equals(OLD_FORM)
        ? Optional.of(read(parts, SignInWay.TOKEN, "", ClientIdentity.UNKNOWN))
        : Optional.empty();
  }

  /** What a client says of itself must not look like another part. */
  private static String part(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() > LONGEST_PART ? line.substring(0, LONGEST_PART) : line;
  }

  private static SessionGrant read(
      List<String> parts, SignInWay way, String until, ClientIdentity client) {
    return new SessionGrant(
        parts.get(1),
        new AccountIdentity(
            parts.get(2),
            parts.get(3),
            parts.get(4),
            way,
            until.isEmpty()
                ? null
                : Instant.ofEpochSecond(Long.parseLong(until)).atOffset(ZoneOffset.UTC),
            Set.of(),
            Map.of()),
        new SessionIdentity(parts.get(5), Long.parseLong(parts.get(6)), client));
  }
}
