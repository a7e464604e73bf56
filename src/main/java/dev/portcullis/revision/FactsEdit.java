package dev.portcullis.revision;

import dev.portcullis.admin.Moment;
import dev.portcullis.admin.ProblemException;
import dev.portcullis.policy.Facts;
import dev.portcullis.policy.PolicyDocument;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something made up that is asked of a policy. What is absent is empty.
 *
 * @param operation frp's name; default {@code NewUserConn} with a visitor, else {@code NewProxy}
 *     with a proxy, else {@code Login}
 * @param at when; default now
 */
public record FactsEdit(
    @Nullable String operation,
    @Nullable String at,
    @Nullable String account,
    @Nullable List<String> groups,
    @Nullable Map<String, String> labels,
    @Nullable String node,
    @Nullable ClientEdit client,
    @Nullable ProxyEdit proxy,
    @Nullable VisitorEdit visitor) {

  /** See {@link Facts.Client}. */
  public record ClientEdit(
      @Nullable String address,
      @Nullable String version,
      @Nullable String os,
      @Nullable Map<String, String> metas) {

    /** Leaves out the metas, which may hold secrets. */
    @Override
    public String toString() {
      return "ClientEdit[address=" + address + ", version=" + version + ", os=" + os + "]";
    }
  }

  /** See {@link Facts.Proxy}. */
  public record ProxyEdit(
      @Nullable String name,
      @Nullable String type,
      @Nullable Long port,
      @Nullable List<String> domains,
      @Nullable String subdomain,
      @Nullable String group,
      @Nullable Map<String, String> metas) {

    /** Leaves out the metas, which may hold secrets. */
    @Override
    public String toString() {
      return "ProxyEdit[type=" + type + ", name=" + name + ", port=" + port + "]";
    }
  }

  /** See {@link Facts.Visitor}. */
  public record VisitorEdit(
      @Nullable String address, @Nullable String country, @Nullable Long asn) {}

  static FactsEdit of(Facts facts) {
    Facts.Client client = facts.client();
    Facts.Proxy proxy = facts.proxy();
    Facts.Visitor visitor = facts.visitor();
    return new FactsEdit(
        facts.operation(),
        facts.at().toString(),
        facts.account(),
        facts.groups().stream().sorted().toList(),
        facts.labels(),
        facts.node(),
        new ClientEdit(client.address(), client.version(), client.os(), client.metas()),
        proxy.equals(Facts.Proxy.NONE)
            ? null
            : new ProxyEdit(
                proxy.name(),
                proxy.type(),
                (long) proxy.port(),
                proxy.domains(),
                proxy.subdomain(),
                proxy.group(),
                proxy.metas()),
        visitor.equals(Facts.Visitor.NONE)
            ? null
            : new VisitorEdit(visitor.address(), visitor.country(), (long) visitor.asn()));
  }

  /** The facts, with what is absent empty. */
  // static: Johnzon takes a public method without parameters for a member
  public static Facts factsOf(FactsEdit edit) {
    return edit.facts();
  }

  private Facts facts() {
    String asked = operation;
    if (asked == null) {
      asked = visitor != null ? "NewUserConn" : proxy != null ? "NewProxy" : "Login";
    }
    if (!PolicyDocument.OPERATIONS.contains(asked)) {
      throw ProblemException.badRequest(
          "operation is '%s'; give one of %s"
              .formatted(asked, String.join(", ", PolicyDocument.OPERATIONS)));
    }
    OffsetDateTime moment = Moment.parse(at);
    return new Facts(
        asked,
        moment == null ? OffsetDateTime.now(ZoneOffset.UTC) : moment,
        text(account),
        groups == null ? new HashSet<>() : new HashSet<>(groups),
        map(labels),
        text(node),
        client == null
            ? Facts.Client.UNKNOWN
            : new Facts.Client(
                text(client.address()),
                text(client.version()),
                text(client.os()),
                map(client.metas())),
        proxy == null
            ? Facts.Proxy.NONE
            : new Facts.Proxy(
                text(proxy.name()),
                text(proxy.type()),
                number(proxy.port(), 65_535),
                proxy.domains() == null ? List.of() : proxy.domains(),
                text(proxy.subdomain()),
                text(proxy.group()),
                map(proxy.metas())),
        visitor == null
            ? Facts.Visitor.NONE
            : new Facts.Visitor(
                text(visitor.address()),
                text(visitor.country()),
                // as it is shown where nobody can tell
                visitor.asn() != null && visitor.asn() == Facts.Visitor.ANY_ASN
                    ? Facts.Visitor.ANY_ASN
                    : number(visitor.asn(), Integer.MAX_VALUE)));
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static Map<String, String> map(@Nullable Map<String, String> map) {
    return map == null ? Map.of() : new HashMap<>(map);
  }

  private static int number(@Nullable Long number, int most) {
    if (number == null) {
      return 0;
    }
    if (number < 0 || number > most) {
      throw ProblemException.badRequest("%d is out of range; give 0 to %d".formatted(number, most));
    }
    return number.intValue();
  }
}
