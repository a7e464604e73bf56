package dev.portcullis.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.decision.SignInWay;
import dev.portcullis.settings.DirectorySettings.PasswordStore;
import dev.portcullis.settings.PeopleSettings.Auth;
import dev.portcullis.settings.Settings.UnknownOperation;
import dev.portcullis.settings.SignInSettings.FirstLogin;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway") // in a class file it does not see that the function may give null
class SettingsTest {
  private static final String KEY = "0123456789abcdef0123456789abcdef";

  @Test
  void hasTheseKeysAndVariablesAndDefaults() {
    Map<String, String> asked = new LinkedHashMap<>();
    Settings settings =
        Settings.read(
            key -> {
              asked.put(key, SettingReader.variable(key));
              return key.equals("portcullis.key") ? KEY : null;
            });

    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("portcullis.key", "PORTCULLIS_KEY");
    expected.put("portcullis.answer-budget", "PORTCULLIS_ANSWER_BUDGET");
    expected.put("portcullis.body-limit", "PORTCULLIS_BODY_LIMIT");
    expected.put("portcullis.workers", "PORTCULLIS_WORKERS");
    expected.put("portcullis.queue", "PORTCULLIS_QUEUE");
    expected.put("portcullis.unknown-operation", "PORTCULLIS_UNKNOWN_OPERATION");
    expected.put("portcullis.account-cache", "PORTCULLIS_ACCOUNT_CACHE");
    expected.put("portcullis.change-poll", "PORTCULLIS_CHANGE_POLL");
    expected.put("portcullis.renewal-interval", "PORTCULLIS_RENEWAL_INTERVAL");
    expected.put("portcullis.lease-time", "PORTCULLIS_LEASE_TIME");
    expected.put("portcullis.session-retention", "PORTCULLIS_SESSION_RETENTION");
    expected.put("portcullis.ldap.url", "PORTCULLIS_LDAP_URL");
    expected.put("portcullis.ldap.user-dn", "PORTCULLIS_LDAP_USER_DN");
    expected.put("portcullis.ldap.user-filter", "PORTCULLIS_LDAP_USER_FILTER");
    expected.put("portcullis.ldap.start-tls", "PORTCULLIS_LDAP_START_TLS");
    expected.put("portcullis.ldap.plain", "PORTCULLIS_LDAP_PLAIN");
    expected.put("portcullis.ldap.user-base", "PORTCULLIS_LDAP_USER_BASE");
    expected.put("portcullis.ldap.user-name", "PORTCULLIS_LDAP_USER_NAME");
    expected.put("portcullis.ldap.bind-dn", "PORTCULLIS_LDAP_BIND_DN");
    expected.put("portcullis.ldap.bind-password", "PORTCULLIS_LDAP_BIND_PASSWORD");
    expected.put("portcullis.ldap.group-base", "PORTCULLIS_LDAP_GROUP_BASE");
    expected.put("portcullis.ldap.group-filter", "PORTCULLIS_LDAP_GROUP_FILTER");
    expected.put("portcullis.ldap.group-name", "PORTCULLIS_LDAP_GROUP_NAME");
    expected.put("portcullis.ldap.timeout", "PORTCULLIS_LDAP_TIMEOUT");
    expected.put("portcullis.password-store", "PORTCULLIS_PASSWORD_STORE");
    expected.put("portcullis.password-memory", "PORTCULLIS_PASSWORD_MEMORY");
    expected.put("portcullis.auth", "PORTCULLIS_AUTH");
    expected.put("portcullis.roles.admin", "PORTCULLIS_ROLES_ADMIN");
    expected.put("portcullis.roles.operator", "PORTCULLIS_ROLES_OPERATOR");
    expected.put("portcullis.roles.auditor", "PORTCULLIS_ROLES_AUDITOR");
    expected.put("portcullis.session-idle", "PORTCULLIS_SESSION_IDLE");
    expected.put("portcullis.session-length", "PORTCULLIS_SESSION_LENGTH");
    expected.put("portcullis.oidc.client-id", "PORTCULLIS_OIDC_CLIENT_ID");
    expected.put("portcullis.oidc.issuer", "PORTCULLIS_OIDC_ISSUER");
    expected.put("portcullis.oidc.client-secret", "PORTCULLIS_OIDC_CLIENT_SECRET");
    expected.put("portcullis.oidc.audience", "PORTCULLIS_OIDC_AUDIENCE");
    expected.put("portcullis.oidc.groups-claim", "PORTCULLIS_OIDC_GROUPS_CLAIM");
    expected.put("portcullis.oidc.name-claim", "PORTCULLIS_OIDC_NAME_CLAIM");
    expected.put("portcullis.jwt.issuer", "PORTCULLIS_JWT_ISSUER");
    expected.put("portcullis.jwt.audience", "PORTCULLIS_JWT_AUDIENCE");
    expected.put("portcullis.jwt.jwks-url", "PORTCULLIS_JWT_JWKS_URL");
    expected.put("portcullis.jwt.account-claim", "PORTCULLIS_JWT_ACCOUNT_CLAIM");
    expected.put("portcullis.jwt.groups-claim", "PORTCULLIS_JWT_GROUPS_CLAIM");
    expected.put("portcullis.jwt.clock-skew", "PORTCULLIS_JWT_CLOCK_SKEW");
    expected.put("portcullis.jwt.timeout", "PORTCULLIS_JWT_TIMEOUT");
    expected.put("portcullis.sign-in", "PORTCULLIS_SIGN_IN");
    expected.put("portcullis.first-login", "PORTCULLIS_FIRST_LOGIN");
    expected.put("portcullis.session-outlives", "PORTCULLIS_SESSION_OUTLIVES");
    expected.put("portcullis.sign-in-failures", "PORTCULLIS_SIGN_IN_FAILURES");
    expected.put("portcullis.sign-in-delay", "PORTCULLIS_SIGN_IN_DELAY");
    expected.put("portcullis.geo", "PORTCULLIS_GEO");
    expected.put("portcullis.port-hold", "PORTCULLIS_PORT_HOLD");
    expected.put("portcullis.dns-servers", "PORTCULLIS_DNS_SERVERS");
    expected.put("portcullis.domain-pending", "PORTCULLIS_DOMAIN_PENDING");
    expected.put("portcullis.domain-recheck", "PORTCULLIS_DOMAIN_RECHECK");
    expected.put("portcullis.domain-grace", "PORTCULLIS_DOMAIN_GRACE");
    assertEquals(List.copyOf(expected.entrySet()), new ArrayList<>(asked.entrySet()));

    assertEquals(
        new Settings(
            KEY,
            Duration.ofMillis(800),
            1_048_576,
            64,
            2048,
            UnknownOperation.REJECT,
            100_000,
            Duration.ofMillis(500),
            Duration.ofSeconds(10),
            Duration.ofHours(24),
            Duration.ofDays(30),
            new DirectorySettings(
                PasswordStore.NONE,
                Duration.ofMinutes(5),
                new LdapSettings(
                    List.of(),
                    false,
                    false,
                    "",
                    "",
                    "(uid={0})",
                    "uid",
                    "",
                    "",
                    "",
                    "(member={0})",
                    "cn",
                    Duration.ofMillis(500))),
            new PeopleSettings(
                Auth.REALM,
                List.of("portcullis-admin"),
                List.of("portcullis-operator"),
                List.of("portcullis-auditor"),
                Duration.ofMinutes(30),
                Duration.ofHours(8)),
            new OidcSettings("", "", "", "", "groups", "preferred_username"),
            new JwtSettings(
                "",
                List.of(),
                "",
                "preferred_username",
                "groups",
                Duration.ofSeconds(30),
                Duration.ofMillis(500)),
            new SignInSettings(Set.of(SignInWay.TOKEN), FirstLogin.REFUSE, Duration.ofDays(1)),
            new ThrottleSettings(5, Duration.ofMinutes(15)),
            List.of(),
            new ReservationSettings(
                Duration.ofDays(30),
                List.of(),
                Duration.ofMinutes(5),
                Duration.ofDays(1),
                Duration.ofDays(7))),
        settings);
  }

  @Test
  void readsEveryKey() {
    Map<String, String> texts =
        Map.ofEntries(
            Map.entry("portcullis.key", "another key of at least 32 letters"),
            Map.entry("portcullis.answer-budget", "PT0.05S"),
            Map.entry("portcullis.body-limit", "16384"),
            Map.entry("portcullis.workers", " 1 "),
            Map.entry("portcullis.queue", "1"),
            Map.entry("portcullis.unknown-operation", "Allow"),
            Map.entry("portcullis.account-cache", "100"),
            Map.entry("portcullis.change-poll", "PT0.05S"),
            Map.entry("portcullis.renewal-interval", "pt0.05s"),
            Map.entry("portcullis.lease-time", "PT1S"),
            Map.entry("portcullis.session-retention", "PT1M"),
            Map.entry("portcullis.port-hold", "PT0S"),
            Map.entry("portcullis.dns-servers", "192.0.2.53, [2001:db8::53]:5353"),
            Map.entry("portcullis.domain-pending", "PT0.05S"),
            Map.entry("portcullis.domain-recheck", "PT0.06S"),
            Map.entry("portcullis.domain-grace", "PT0S"),
            Map.entry("portcullis.password-store", "LDAP"),
            Map.entry("portcullis.password-memory", "PT0S"),
            Map.entry("portcullis.ldap.url", "LDAP://Ldap.example.com  ldaps://[::1]:1636/"),
            Map.entry("portcullis.ldap.start-tls", "True"),
            Map.entry("portcullis.ldap.plain", "true"),
            Map.entry("portcullis.ldap.user-base", "dc=example,dc=com"),
            Map.entry("portcullis.ldap.user-filter", "(&(x=y)(sAMAccountName={0}))"),
            Map.entry("portcullis.ldap.bind-dn", "cn=p"),
            Map.entry("portcullis.ldap.bind-password", " a word "),
            Map.entry("portcullis.ldap.group-base", "dc=example,dc=com"),
            Map.entry("portcullis.ldap.group-filter", "(memberUid={1})"),
            Map.entry("portcullis.ldap.group-name", "ou"),
            Map.entry("portcullis.ldap.timeout", "PT0.05S"),
            Map.entry("portcullis.auth", "oidc"),
            Map.entry("portcullis.roles.admin", "frp-admins, Domain Admins"),
            Map.entry("portcullis.roles.operator", "helpdesk"),
            Map.entry("portcullis.roles.auditor", "helpdesk,audit"),
            Map.entry("portcullis.session-idle", "PT1S"),
            Map.entry("portcullis.session-length", "PT2S"),
            Map.entry("portcullis.oidc.issuer", "https://id.example.com/realms/one"),
            Map.entry("portcullis.oidc.client-id", "frp"),
            Map.entry("portcullis.oidc.client-secret", "s3cret"),
            Map.entry("portcullis.oidc.groups-claim", "roles"),
            Map.entry("portcullis.oidc.name-claim", "sub"),
            Map.entry("portcullis.jwt.issuer", "https://sso.example.com/realms/company"),
            Map.entry("portcullis.jwt.audience", "frps, portcullis"),
            Map.entry("portcullis.jwt.jwks-url", "https://sso.example.com/keys?app=7"),
            Map.entry("portcullis.jwt.account-claim", "sub"),
            Map.entry("portcullis.jwt.groups-claim", "realm_access.roles"),
            Map.entry("portcullis.jwt.clock-skew", "PT0S"),
            Map.entry("portcullis.jwt.timeout", "PT0.05S"),
            Map.entry("portcullis.sign-in", "Token, ssh,JWT,password,ssh"),
            Map.entry("portcullis.first-login", "create"),
            Map.entry("portcullis.session-outlives", "PT0S"),
            Map.entry("portcullis.sign-in-failures", "1"),
            Map.entry("portcullis.sign-in-delay", "PT1S"),
            Map.entry("portcullis.geo", "/geo/country.mmdb, asn.mmdb"));
    assertEquals(
        new Settings(
            "another key of at least 32 letters",
            Duration.ofMillis(50),
            16384,
            1,
            1,
            UnknownOperation.ALLOW,
            100,
            Duration.ofMillis(50),
            Duration.ofMillis(50),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            new DirectorySettings(
                PasswordStore.LDAP,
                Duration.ZERO,
                new LdapSettings(
                    List.of(
                        URI.create("ldap://Ldap.example.com"), URI.create("ldaps://[::1]:1636")),
                    true,
                    true,
                    "",
                    "dc=example,dc=com",
                    "(&(x=y)(sAMAccountName={0}))",
                    "sAMAccountName",
                    "cn=p",
                    " a word ",
                    "dc=example,dc=com",
                    "(memberUid={1})",
                    "ou",
                    Duration.ofMillis(50))),
            new PeopleSettings(
                Auth.OIDC,
                List.of("frp-admins", "Domain Admins"),
                List.of("helpdesk"),
                List.of("helpdesk", "audit"),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2)),
            new OidcSettings(
                "https://id.example.com/realms/one", "frp", "s3cret", "frp", "roles", "sub"),
            new JwtSettings(
                "https://sso.example.com/realms/company",
                List.of("frps", "portcullis"),
                "https://sso.example.com/keys?app=7",
                "sub",
                "realm_access.roles",
                Duration.ZERO,
                Duration.ofMillis(50)),
            new SignInSettings(EnumSet.allOf(SignInWay.class), FirstLogin.CREATE, Duration.ZERO),
            new ThrottleSettings(1, Duration.ofSeconds(1)),
            List.of(Path.of("/geo/country.mmdb"), Path.of("asn.mmdb")),
            new ReservationSettings(
                Duration.ZERO,
                List.of("192.0.2.53", "[2001:db8::53]:5353"),
                Duration.ofMillis(50),
                Duration.ofMillis(60),
                Duration.ZERO)),
        Settings.read(texts::get));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "portcullis.key|''|Set portcullis.key (or the environment variable PORTCULLIS_KEY) to a secret of at least 32 characters, the same on every replica; for example the output of: openssl rand -hex 32",
        "portcullis.key|'   '|Set portcullis.key (or the environment variable PORTCULLIS_KEY) to a secret of at least 32 characters, the same on every replica; for example the output of: openssl rand -hex 32",
        "portcullis.key|0123456789abcdef0123456789abcde|portcullis.key has 31 characters; it needs at least 32",
        "portcullis.answer-budget|800|portcullis.answer-budget is '800'; write a duration such as PT0.8S, PT30S or PT24H",
        "portcullis.answer-budget|PT0.049S|portcullis.answer-budget is PT0.049S; the least is PT0.05S",
        "portcullis.answer-budget|-PT1S|portcullis.answer-budget is PT-1S; the least is PT0.05S",
        "portcullis.body-limit|1MB|portcullis.body-limit is '1MB'; write a whole number of at least 16384",
        "portcullis.body-limit|16383|portcullis.body-limit is '16383'; write a whole number of at least 16384",
        "portcullis.workers|0|portcullis.workers is '0'; write a whole number of at least 1",
        "portcullis.queue|-1|portcullis.queue is '-1'; write a whole number of at least 1",
        "portcullis.queue|99999999999|portcullis.queue is '99999999999'; write a whole number of at least 1",
        "portcullis.unknown-operation|maybe|portcullis.unknown-operation is 'maybe'; write one of reject, allow",
        "portcullis.account-cache|99|portcullis.account-cache is '99'; write a whole number of at least 100",
        "portcullis.change-poll|1s|portcullis.change-poll is '1s'; write a duration such as PT0.8S, PT30S or PT24H",
        "portcullis.renewal-interval|PT0S|portcullis.renewal-interval is PT0S; the least is PT0.05S",
        "portcullis.lease-time|PT0.9S|portcullis.lease-time is PT0.9S; the least is PT1S",
        "portcullis.session-retention|PT59S|portcullis.session-retention is PT59S; the least is PT1M",
        "portcullis.password-memory|-PT1S|portcullis.password-memory is PT-1S; the least is PT0S",
        "portcullis.password-store|file|portcullis.password-store is 'file'; write one of none, ldap, server",
        "portcullis.password-store|ldap|With portcullis.password-store=ldap set portcullis.ldap.url (or the environment variable PORTCULLIS_LDAP_URL) to the directory's address, such as ldaps://ldap.example.com",
        "portcullis.ldap.start-tls|yes|portcullis.ldap.start-tls is 'yes'; write true or false",
        "portcullis.ldap.timeout|PT0.049S|portcullis.ldap.timeout is PT0.049S; the least is PT0.05S",
        "portcullis.auth|ldap|portcullis.auth is 'ldap'; write one of realm, oidc, server",
        "portcullis.auth|oidc|With portcullis.auth=oidc set portcullis.oidc.issuer (or the environment variable PORTCULLIS_OIDC_ISSUER) to the address of the OpenID provider",
        "portcullis.roles.admin|','|portcullis.roles.admin is ','; write the names of groups, with a comma between two",
        "portcullis.roles.operator|'a,,b'|portcullis.roles.operator is 'a,,b'; write the names of groups, with a comma between two",
        "portcullis.roles.auditor|**|portcullis.roles.auditor is '**'; write the names of groups, with a comma between two",
        "portcullis.session-idle|PT0.9S|portcullis.session-idle is PT0.9S; the least is PT1S",
        "portcullis.session-length|8h|portcullis.session-length is '8h'; write a duration such as PT0.8S, PT30S or PT24H",
        "portcullis.oidc.client-secret|a${b}|portcullis.oidc.client-secret holds ${ or #{, which servers take for an expression; choose one without",
        "portcullis.oidc.issuer|#{x}|portcullis.oidc.issuer holds ${ or #{, which servers take for an expression; choose one without",
        "portcullis.jwt.audience|frps,,portcullis|portcullis.jwt.audience is 'frps,,portcullis'; write one or more, with a comma between two",
        "portcullis.jwt.jwks-url|http://sso.example.com/keys|portcullis.jwt.jwks-url is not an address whose keys can be trusted; write an https address such as https://sso.example.com/realms/company, without user and fragment; http only where the host is this machine (localhost, 127.0.0.1 or [::1])",
        "portcullis.jwt.clock-skew|-PT1S|portcullis.jwt.clock-skew is PT-1S; the least is PT0S",
        "portcullis.jwt.timeout|PT0.04S|portcullis.jwt.timeout is PT0.04S; the least is PT0.05S",
        "portcullis.sign-in|token,oidc|portcullis.sign-in has 'oidc'; write one or more of token, password, jwt, ssh, with a comma between two",
        "portcullis.sign-in|token,|portcullis.sign-in is 'token,'; write one or more, with a comma between two",
        "portcullis.sign-in|password|portcullis.sign-in has password, but nobody knows the passwords; set portcullis.ldap.url to your directory's address, such as ldaps://ldap.example.com, or portcullis.password-store=server, or take password out",
        "portcullis.sign-in|token,jwt|portcullis.sign-in has jwt, but nobody's tokens count; set portcullis.jwt.issuer to your provider's address, such as https://sso.example.com/realms/company, or take jwt out",
        "portcullis.first-login|ask|portcullis.first-login is 'ask'; write one of refuse, create",
        "portcullis.session-outlives|-PT1S|portcullis.session-outlives is PT-1S; the least is PT0S",
        "portcullis.dns-servers|2001:db8::53|portcullis.dns-servers has '2001:db8::53'; write addresses as 192.0.2.53, 192.0.2.53:5353 or [2001:db8::53]:53",
        "portcullis.dns-servers|a.b/c|portcullis.dns-servers has 'a.b/c'; write addresses as 192.0.2.53, 192.0.2.53:5353 or [2001:db8::53]:53",
        "portcullis.domain-pending|PT0S|portcullis.domain-pending is PT0S; the least is PT0.05S"
      })
  void saysWhatIsWrongWithAValue(String key, String value, String sentence) {
    InvalidSettingException e =
        assertThrows(
            InvalidSettingException.class,
            () ->
                Settings.read(
                    asked ->
                        asked.equals(key) ? value : asked.equals("portcullis.key") ? KEY : null));
    assertEquals(sentence, e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ldap.example.com",
        "http://ldap.example.com",
        "ldap://",
        "ldap:///dc=example,dc=com",
        "ldap://127.0.0.1/dc=example,dc=com",
        "ldap://127.0.0.1?uid",
        "ldap://127.0.0.1#x",
        "ldap://admin:secret@127.0.0.1",
        "ldap://127.0.0.1,ldap://127.0.0.2",
        "ldap://127.0.0.1 mailto:x",
        "ldap://a b\\c"
      })
  void takesOnlyTheAddressesOfDirectories(String urls) {
    assertEquals(
        "portcullis.ldap.url has something that is no address of a directory; write ldaps://ldap.example.com or ldap://127.0.0.1:389, several with a space between them, and the rest in the other keys of portcullis.ldap",
        refusal(Map.of("portcullis.ldap.url", urls)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ldap://ldap.example.com|''|''|refused",
        "ldap://127.0.0.1.example.com|''|''|refused",
        "ldap://127.0.0.1 ldap://10.0.0.1|''|''|refused",
        "ldap://ldap.example.com|start-tls|true|taken",
        "ldap://ldap.example.com|plain|true|taken",
        "ldaps://ldap.example.com|''|''|taken",
        "ldap://localhost ldap://127.0.0.2:1389 ldap://[::1]|''|''|taken"
      })
  void sendsPasswordsOverANetworkOnlyEncrypted(
      String urls, String key, String value, String outcome) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("portcullis.ldap.url", urls);
    texts.put("portcullis.ldap.user-dn", "uid={0},dc=example");
    texts.put("portcullis.ldap." + key, value);
    if (outcome.equals("taken")) {
      assertEquals(PasswordStore.LDAP, Given.settings(texts).directory().store());
    } else {
      String refused = urls.substring(urls.lastIndexOf(' ') + 1);
      assertEquals(
          "portcullis.ldap.url would send passwords to %s unencrypted; write ldaps://, or set portcullis.ldap.start-tls=true, or portcullis.ldap.plain=true if that network is yours alone"
              .formatted(refused),
          refusal(texts));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "user-base=|Set either portcullis.ldap.user-dn to",
        "user-dn=uid={0},dc=example|Set either portcullis.ldap.user-dn to",
        "user-base= user-dn={0}|portcullis.ldap.user-dn is '{0}'; write {0} where the name goes, as in uid={0}, and no other braces",
        "user-base= user-dn=uid=alice,dc=example|portcullis.ldap.user-dn is ",
        "user-base= user-dn=uid={0},dc={1}|portcullis.ldap.user-dn is ",
        "user-filter=(uid=alice)|portcullis.ldap.user-filter is ",
        "user-filter=(uid={0}{|portcullis.ldap.user-filter is ",
        "user-filter=(mail={0}{x})|portcullis.ldap.user-filter is ",
        "user-filter=(uid=x{0})|Set portcullis.ldap.user-name to",
        "bind-dn=cn=p|Set both portcullis.ldap.bind-dn and portcullis.ldap.bind-password, or none",
        "bind-password=p|Set both portcullis.ldap.bind-dn and portcullis.ldap.bind-password, or none",
        "group-base=dc=example group-filter=(cn=x)|portcullis.ldap.group-filter is '(cn=x)'; write {0} where the user's DN goes or {1} where the name goes, and no other braces",
        "group-base=dc=example group-filter=(member={0}{2})|portcullis.ldap.group-filter is "
      })
  void saysWhatTheDirectoryNeeds(String changed, String sentence) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("portcullis.ldap.url", "ldap://127.0.0.1");
    texts.put("portcullis.ldap.user-base", "dc=example");
    for (String setting : changed.split(" ", -1)) {
      String[] parts = setting.split("=", 2);
      texts.put("portcullis.ldap." + parts[0], parts[1]);
    }
    String refusal = refusal(texts);
    assertTrue(refusal.startsWith(sentence), refusal);
  }

  @Test
  void asksNoDirectoryThatIsTurnedOff() {
    assertEquals(
        PasswordStore.NONE,
        Given.settings(
                Map.of(
                    "portcullis.ldap.url",
                    "ldap://ldap.example.com",
                    "portcullis.password-store",
                    "none"))
            .directory()
            .store());
  }

  @Test
  void keepsThePasswordOfTheDirectoryToItself() {
    DirectorySettings directory =
        Given.settings(
                Map.of(
                    "portcullis.ldap.url", "ldap://127.0.0.1",
                    "portcullis.ldap.user-dn", "uid={0},dc=example",
                    "portcullis.ldap.bind-dn", "cn=p",
                    "portcullis.ldap.bind-password", "hush"))
            .directory();
    assertEquals("DirectorySettings[store=ldap]", directory.toString());
    assertEquals("LdapSettings[urls=[ldap://127.0.0.1]]", directory.ldap().toString());
  }

  private static String refusal(Map<String, String> texts) {
    return assertThrows(InvalidSettingException.class, () -> Given.settings(texts)).getMessage();
  }

  @ParameterizedTest
  @CsvSource({
    "https://sso.example.com, true",
    "HTTPS://sso.example.com/realms/company/, true",
    "http://127.0.0.1:8180/realms/company, true",
    "http://127.1.2.3, true",
    "http://localhost:8180, true",
    "http://[::1]:8180, true",
    "http://sso.example.com, false",
    "http://localhost.example.com, false",
    "http://127.0.0.1.example.com, false",
    "http://10.0.0.1, false",
    "http://0.0.0.0, false",
    "http://127.0.0.1@sso.example.com, false",
    "https://me:secret@sso.example.com, false",
    "https://sso.example.com#top, false",
    "https://sso.example.com?tenant=7, false",
    "https:sso.example.com, false",
    "https://, false",
    "ftp://localhost, false",
    "file:///etc/keys, false",
    "sso.example.com, false",
    "https://sso example.com, false"
  })
  void takesAnIssuerWhoseKeysNobodyOnTheWayCanChange(String issuer, boolean taken) {
    Map<String, String> texts =
        Map.of("portcullis.jwt.issuer", issuer, "portcullis.jwt.audience", "frps");
    if (taken) {
      assertEquals(issuer, Given.settings(texts).jwt().issuer());
    } else {
      assertEquals(
          "portcullis.jwt.issuer is not an address whose keys can be trusted; write an https address such as https://sso.example.com/realms/company, without user, query and fragment; http only where the host is this machine (localhost, 127.0.0.1 or [::1])",
          assertThrows(InvalidSettingException.class, () -> Given.settings(texts)).getMessage());
    }
  }

  @Test
  void needsAnAudienceWithAnIssuer() {
    assertEquals(
        "With portcullis.jwt.issuer set portcullis.jwt.audience (or the environment variable PORTCULLIS_JWT_AUDIENCE) to whom its tokens must be made for, for example frps; several with a comma between two",
        assertThrows(
                InvalidSettingException.class,
                () -> Given.settings(Map.of("portcullis.jwt.issuer", "https://sso.example.com")))
            .getMessage());
  }

  @Test
  void needsAClientIdForOidc() {
    Map<String, String> texts =
        Map.of("portcullis.auth", "oidc", "portcullis.oidc.issuer", "https://id.example.com");
    assertEquals(
        "With portcullis.auth=oidc set portcullis.oidc.client-id (or the environment variable PORTCULLIS_OIDC_CLIENT_ID) to what the OpenID provider knows Portcullis by",
        assertThrows(InvalidSettingException.class, () -> Given.settings(texts)).getMessage());
  }

  @Test
  void keepsTheClientSecretToItself() {
    Settings settings = Given.settings(Map.of("portcullis.oidc.client-secret", "s3cret"));
    assertFalse((settings.toString() + settings.oidc()).contains("s3cret"));
  }

  @Test
  void needsAKey() {
    assertThrows(InvalidSettingException.class, () -> Settings.read(key -> null));
  }

  @Test
  void takesABlankValueForNone() {
    assertEquals(Given.settings(), Settings.read(key -> key.equals("portcullis.key") ? KEY : " "));
  }

  @Test
  void keepsTheKeyToItself() {
    assertFalse(Given.settings().toString().contains(KEY));
  }
}
