package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.persistence.Entity;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What records and entities say of themselves ends in logs. What is not classified here as harmless
 * is a secret.
 */
class SecretsInTextTest {

  /** Texts that may be seen by whoever reads the server's log. */
  private static final Set<String> HARMLESS =
      Set.of(
          "AccessTokenEdit.expiresAt",
          "AccessTokenEdit.label",
          "AccessTokenEdit.role",
          "AccessTokenRepresentation.id",
          "AccountEdit.groups",
          "AccountEdit.labels",
          "AccountIdentity.labels",
          "AccountRepresentation.labels",
          "ClientIdentity.address",
          "ClientIdentity.os",
          "ClientIdentity.version",
          "KnownAccount.labels",
          "AccountEdit.signIn",
          "AccountIdentity.groups",
          "AccountRepresentation.directoryGroups",
          "AccountRepresentation.groups",
          "AccountRepresentation.signIn",
          "AccountEdit.description",
          "AccountEdit.expiresAt",
          "AccountEdit.name",
          "AccountIdentity.credentialId",
          "AccountIdentity.id",
          "AccountIdentity.name",
          "AccountRepresentation.description",
          "AccountRepresentation.name",
          "AuditRepresentation.account",
          "AuditRepresentation.actor",
          "AuditRepresentation.clientAddress",
          "AuditRepresentation.code",
          "AuditRepresentation.correlationId",
          "AuditRepresentation.decisionId",
          "AuditRepresentation.detail",
          "AuditRepresentation.id",
          "AuditRepresentation.node",
          "AuditRepresentation.operation",
          "AuditRepresentation.proxyType",
          "AuditRepresentation.reason",
          "AuditRepresentation.runId",
          "AuditRepresentation.target",
          "AuditRepresentation.user",
          "Bandwidth.text",
          "Caller.method",
          "Caller.name",
          "Caller.roles",
          "CallerGroups.groups",
          "CallerGroups.name",
          "Changed.ref",
          "ClaimRequest.accountId",
          "ClaimRequest.accountName",
          "ClaimRequest.group",
          "ClaimRequest.nodeId",
          "ClaimRequest.nodeName",
          "ClaimRequest.proxyName",
          "ClaimRequest.proxyType",
          "ClaimRequest.resources",
          "ClaimRequest.runId",
          "Client.address",
          "Client.os",
          "Client.version",
          "ClientEdit.address",
          "ClientEdit.os",
          "ClientEdit.version",
          "ClientMatch.systems",
          "EvaluationRepresentation.outcome",
          "EvaluationRepresentation.rewrites",
          "EvaluationRepresentation.rule",
          "EvaluationRepresentation.wouldDeny",
          "Facts.account",
          "Facts.groups",
          "Facts.labels",
          "Facts.node",
          "Facts.operation",
          "FactsEdit.account",
          "FactsEdit.at",
          "FactsEdit.groups",
          "FactsEdit.labels",
          "FactsEdit.node",
          "FactsEdit.operation",
          "Finding.message",
          "FindingRepresentation.level",
          "FindingRepresentation.message",
          "LookRepresentation.effect",
          "LookRepresentation.misfit",
          "LookRepresentation.rule",
          "Names.account",
          "Names.groups",
          "Names.node",
          "Owner.accountId",
          "Owner.group",
          "Owner.proxy",
          "Pool.name",
          "Proxy.domains",
          "Proxy.name",
          "Proxy.subdomain",
          "Proxy.type",
          "ProxyEdit.domains",
          "ProxyEdit.group",
          "ProxyEdit.name",
          "ProxyEdit.node",
          "ProxyEdit.subdomain",
          "ProxyEdit.type",
          "ProxyMatch.types",
          "Rewriting.rewrites",
          "Rule.name",
          "Rule.operations",
          "Rule.reason",
          "Visitor.address",
          "Visitor.country",
          "VisitorEdit.address",
          "VisitorEdit.country",
          "VisitorMatch.countries",
          "Who.groups",
          "DecisionSelection.account",
          "DecisionSelection.node",
          "DecisionSelection.operation",
          "Replay.id",
          "ReplayEdit.from",
          "ReplayEdit.until",
          "ReplayGroupRepresentation.account",
          "ReplayGroupRepresentation.examples",
          "ReplayGroupRepresentation.operation",
          "ReplayGroupRepresentation.rule",
          "ReplayGroupRepresentation.was",
          "ReplayGroupRepresentation.would",
          "ReplayRepresentation.account",
          "ReplayRepresentation.author",
          "ReplayRepresentation.failure",
          "ReplayRepresentation.id",
          "ReplayRepresentation.node",
          "ReplayRepresentation.operation",
          "ReplayRepresentation.state",
          "CloseProxy.proxyName",
          "CredentialEdit.label",
          "CredentialRepresentation.id",
          "CredentialRepresentation.label",
          "DecisionRequest.correlationId",
          "FrpUser.runId",
          "FrpUser.user",
          "ClientSpec.type",
          "Failed.code",
          "Failed.reason",
          "GroupEdit.description",
          "GroupEdit.signIn",
          "GroupRepresentation.description",
          "GroupRepresentation.name",
          "GroupRepresentation.signIn",
          "KnownAccount.directoryGroups",
          "KnownAccount.groups",
          "Proved.credentialId",
          "Proved.groups",
          "OwnedGrant.account",
          "OwnedGrant.kind",
          "OwnedGrant.value",
          "GrantEdit.kind",
          "GrantEdit.value",
          "GrantRepresentation.id",
          "GrantRepresentation.kind",
          "GrantRepresentation.value",
          "ImpositionRepresentation.bandwidthLimit",
          "Entry.dn",
          "Entry.values",
          "JwtSettings.accountClaim",
          "JwtSettings.audience",
          "JwtSettings.groupsClaim",
          "JwtSettings.issuer",
          "JwtSettings.jwksUrl",
          "Key.id",
          "Known.groups",
          "KnownAccount.id",
          "KnownAccount.name",
          "Challenge.host",
          "Challenge.text",
          "DomainClaimEdit.domain",
          "Failed.cause",
          "Found.texts",
          "DomainClaimRepresentation.id",
          "DomainClaimRepresentation.domain",
          "DomainClaimRepresentation.state",
          "DomainClaimRepresentation.recordName",
          "DomainClaimRepresentation.recordText",
          "DomainClaimRepresentation.note",
          "DomainClaim.accountId",
          "DomainClaim.domain",
          "ExclusivePort.id",
          "ExclusivePort.transport",
          "PortUse.accountId",
          "ReservationSettings.dnsServers",
          "LeaseRepresentation.account",
          "LeaseRepresentation.id",
          "LeaseRepresentation.node",
          "LeaseRepresentation.proxyName",
          "LeaseRepresentation.proxyType",
          "LeaseRepresentation.runId",
          "Login.clientAddress",
          "Login.runId",
          "Login.user",
          "MeRepresentation.method",
          "MeRepresentation.name",
          "MeRepresentation.roles",
          "NewProxy.proxyName",
          "NewProxy.proxyType",
          "NewUserConn.proxyName",
          "NewUserConn.proxyType",
          "NewUserConn.remoteAddr",
          "NewWorkConn.runId",
          "NodeCredential.node",
          "NodeEdit.description",
          "NodeEdit.name",
          "NodeIdentity.id",
          "NodeIdentity.name",
          "NodeRepresentation.name",
          "OidcSettings.clientId",
          "OidcSettings.issuer",
          "Page.next",
          "PeopleSettings.admins",
          "PeopleSettings.auditors",
          "PeopleSettings.operators",
          "Problem.detail",
          "Problem.title",
          "Problem.type",
          "Refusal.clientAddress",
          "Refusal.code",
          "Refusal.correlationId",
          "Refusal.decisionId",
          "Refusal.nodeName",
          "Refusal.operation",
          "Refusal.reason",
          "Refused.code",
          "Refused.reason",
          "Rejected.code",
          "Rejected.reason",
          "SecretRepresentation.id",
          "SessionGrant.nodeId",
          "SessionIdentity.runId",
          "SessionRepresentation.account",
          "SessionRepresentation.arch",
          "SessionRepresentation.clientAddress",
          "SessionRepresentation.clientVersion",
          "SessionRepresentation.hostname",
          "SessionRepresentation.node",
          "SessionRepresentation.os",
          "SessionRepresentation.runId",
          "Unavailable.why",
          "Unknown.operation",
          "VerifiedJwt.account",
          "VerifiedJwt.groups",
          "VerifiedJwt.subject",
          // how much, and who is turned away
          "Ban.accountId",
          "Ban.accountName",
          "Ban.limit",
          "Ban.visitor",
          "BanRepresentation.account",
          "BanRepresentation.id",
          "BanRepresentation.limit",
          "BanRepresentation.visitor",
          "Excess.code",
          "Excess.limit",
          "Excess.reason",
          "InUse.types",
          "Key.accountId",
          "Key.limit",
          "Key.what",
          "Limit.name",
          "Limit.types",
          "Open.node",
          "Open.runId",
          "Open.type",
          "Origin.address",
          "Origin.user",
          "Recent.node",
          "Recent.runId",
          "Lockable.account",
          "Lockable.endpoints",
          "Lockable.groups",
          "Lockable.node",
          "Lockable.proxy",
          "KnownLock.target",
          "KnownLock.node",
          "KnownLock.message",
          "LockRepresentation.id",
          "LockRepresentation.account",
          "LockRepresentation.group",
          "LockRepresentation.address",
          "LockRepresentation.proxy",
          "LockRepresentation.node",
          "LockRepresentation.message",
          "LockRepresentation.author",
          "LockEdit.account",
          "LockEdit.group",
          "LockEdit.address",
          "LockEdit.proxy",
          "LockEdit.node",
          "LockEdit.message",
          "LockEdit.expiresAt",
          "KnownKick.runId",
          "KnownKick.proxyName",
          "KnownKick.message",
          "KnownKick.author",
          "KickEdit.message",
          "RungRepresentation.operation",
          "RungRepresentation.says",
          "HeldProxyRepresentation.lease",
          "HeldProxyRepresentation.proxyName",
          "HeldProxyRepresentation.proxyType",
          "HeldProxyRepresentation.heldOffBy",
          "LadderRepresentation.runId",
          "LadderRepresentation.account",
          "LadderRepresentation.node",
          "LadderRepresentation.clientVersion",
          "LadderRepresentation.heldOffBy",
          "LadderRepresentation.remains",
          // entities
          "AccessToken.id",
          "Account.name",
          "AccountGroup.name",
          "Claim.id",
          "Claim.nodeId",
          "Claim.resource",
          "ClientSession.runId",
          "Imposition.id",
          "Kick.runId",
          "Lease.accountId",
          "Lease.nodeName",
          "Lease.proxyName",
          "Lock.id",
          "Lock.nodeName",
          "Lock.target",
          "Node.name",
          "PolicyChoice.id",
          "PolicyRevision.id",
          "Revision.id",
          "UsageLock.accountId",
          "VisitorBan.id");

  /** Values whose constructors take no planted text, and which are texts all the same. */
  private static final Set<String> VALUES =
      Set.of("Address", "DomainName", "NamePattern", "Network", "PortRange");

  private static final Pattern PLANTED = Pattern.compile("<([A-Za-z]+\\.[A-Za-z]+)>");

  private static final List<Class<?>> TYPES = types();

  private static List<Class<?>> types() {
    try {
      return new ClassFileImporter()
              .importPath(
                  Path.of(
                      RestApplication.class
                          .getProtectionDomain()
                          .getCodeSource()
                          .getLocation()
                          .toURI()))
              .stream()
              .filter(type -> type.isRecord() || type.isAnnotatedWith(Entity.class))
              .<Class<?>>map(JavaClass::reflect)
              .filter(type -> !VALUES.contains(type.getSimpleName()))
              // nobody else has them in hand
              .filter(type -> !Modifier.isPrivate(type.getModifiers()))
              .toList();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void showsNothingInTextsButWhatIsHarmless() throws Exception {
    Set<String> shown = new TreeSet<>();
    for (Class<?> type : TYPES) {
      PLANTED
          .matcher(String.valueOf(planted(type)))
          .results()
          .map(found -> found.group(1))
          .forEach(shown::add);
    }
    assertTrue(TYPES.size() > 50, "types: " + TYPES.size());
    Set<String> leaks = new TreeSet<>(shown);
    leaks.removeAll(HARMLESS);
    assertEquals(Set.of(), leaks, "either a secret that is shown, or nobody has classified it");
    Set<String> unused = new TreeSet<>(HARMLESS);
    unused.removeAll(shown);
    assertEquals(Set.of(), unused, "classified, but not shown at all");
  }

  /** An instance with each text saying where it was planted. */
  private static Object planted(Class<?> type) throws ReflectiveOperationException {
    if (type.isRecord()) {
      RecordComponent[] components = type.getRecordComponents();
      Constructor<?> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      @Nullable Object[] values = new Object[components.length];
      for (int i = 0; i < values.length; i++) {
        values[i] =
            value(
                components[i].getGenericType(),
                "<" + type.getSimpleName() + "." + components[i].getName() + ">");
      }
      return constructor.newInstance(values);
    }
    Constructor<?> constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    Object entity = constructor.newInstance();
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
        field.setAccessible(true);
        field.set(entity, "<" + type.getSimpleName() + "." + field.getName() + ">");
      }
    }
    return entity;
  }

  private static @Nullable Object value(Type type, String text)
      throws ReflectiveOperationException {
    if (type instanceof ParameterizedType parameterized) {
      return collection(parameterized, text);
    }
    if (!(type instanceof Class<?> plain)) {
      // the content of a decision
      return null;
    }
    if (plain == String.class) {
      return text;
    }
    if (plain == int.class || plain == Integer.class) {
      return 7;
    }
    if (plain == long.class || plain == Long.class) {
      return 7L;
    }
    if (plain == boolean.class || plain == Boolean.class) {
      return true;
    }
    if (plain == OffsetDateTime.class) {
      return OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC);
    }
    if (plain == Duration.class) {
      return Duration.ofSeconds(7);
    }
    if (plain == BigDecimal.class) {
      return BigDecimal.ONE;
    }
    if (plain.isEnum()) {
      return plain.getEnumConstants()[0];
    }
    return plain.isRecord() || plain.isAnnotationPresent(Entity.class) ? planted(plain) : null;
  }

  private static @Nullable Object collection(ParameterizedType type, String text)
      throws ReflectiveOperationException {
    Object[] items =
        Stream.of(type.getActualTypeArguments())
            .map(argument -> item(argument, text))
            .filter(Objects::nonNull)
            .toArray();
    if (items.length < type.getActualTypeArguments().length) {
      return type.getRawType() == List.class
          ? List.of()
          : type.getRawType() == Map.class ? Map.of() : null;
    }
    if (type.getRawType() == Set.class) {
      return Set.of(items);
    }
    if (type.getRawType() == List.class) {
      return List.of(items);
    }
    if (type.getRawType() == Map.class) {
      return Map.of(items[0], items[1]);
    }
    if (type.getRawType() == Set.class) {
      return Set.of(items);
    }
    if (type.getRawType() == SortedSet.class) {
      return new TreeSet<>(List.of(items));
    }
    return null;
  }

  private static @Nullable Object item(Type type, String text) {
    try {
      return value(type, text);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void knowsARecordThatShowsASecret() throws Exception {
    record Careless(String name, Map<String, String> metas) {}
    assertEquals(
        Set.of("Careless.name", "Careless.metas"),
        PLANTED
            .matcher(String.valueOf(planted(Careless.class)))
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toSet()));
  }
}
