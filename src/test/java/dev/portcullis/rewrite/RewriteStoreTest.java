package dev.portcullis.rewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.decision.Asked;
import dev.portcullis.decision.Next;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.operation.NewProxyEdit;
import dev.portcullis.policy.Rewritable;
import dev.portcullis.policy.Setting;
import dev.portcullis.secret.Secrets;
import dev.portcullis.settings.Given;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RewriteStoreTest {
  private static final ImpositionRepresentation NOTHING =
      new ImpositionRepresentation("", Map.of(), Map.of(), Map.of());

  private static String setting(String set) {
    return "rewrites: [{name: r, for: {everyone: true}, set: {" + set + "}}]";
  }

  private static NewProxy rewritten(String set, NewProxy proxy) {
    return Rewritten.by(setting(set)).rewritten(Asked.byAlice(proxy));
  }

  @Test
  void leavesAProxyAloneWhereNoRewriteFits() {
    NewProxy proxy = Asked.proxy("http").edit().headers(Map.of("a", "b")).done();
    assertEquals(proxy, Rewritten.by("rules: []").rewritten(Asked.byAlice(proxy)));
    assertEquals(
        proxy,
        Rewritten.by("rewrites: [{name: r, for: {accounts: [bob]}, set: {bandwidth: 1MB}}]")
            .rewritten(Asked.byAlice(proxy)));
  }

  @Test
  void letsNoClientOpenAListOfUsers() {
    for (String subdomain : List.of("a,*", "*")) {
      List<String> users =
          rewritten(
                  "allow-users: [carol, '${subdomain}']",
                  Asked.proxy("stcp").edit().subdomain(subdomain).done())
              .allowUsers();
      assertEquals(2, users.size(), users::toString);
      assertFalse(users.contains("*"), users::toString);
    }
  }

  record Case(String set, String type, UnaryOperator<NewProxyEdit> change) {}

  /** What a document sets, and what a type of proxy that has it becomes. */
  static List<Case> members() {
    return List.of(
        new Case("bandwidth: 1MB", "udp", edit -> edit.serverBandwidth("1MB")),
        new Case(
            "http-user: '${account}', http-password: abc",
            "http",
            edit -> edit.httpAuthentication("alice", "abc")),
        new Case(
            "http-user: u, http-password: abc",
            "tcpmux",
            edit -> edit.httpAuthentication("u", "abc")),
        new Case(
            "headers: {X-Who: '${account} at ${node}'}",
            "http",
            edit -> edit.headers(Map.of("X-Who", "alice at frps-1"))),
        new Case(
            "response-headers: {X-What: '${proxy}'}",
            "http",
            edit -> edit.responseHeaders(Map.of("X-What", "web"))),
        new Case("host-header: inner.local", "http", edit -> edit.hostHeaderRewrite("inner.local")),
        new Case(
            "allow-users: [carol, '${account}']",
            "xtcp",
            edit -> edit.allowUsers(List.of("alice", "carol"))),
        new Case("sk: abc", "stcp", edit -> edit.sk("abc")),
        new Case("sk: abc", "sudp", edit -> edit.sk("abc")),
        new Case(
            "metas: {run: '${run_id}'}", "tcp", edit -> edit.metas(Map.of("run", Asked.RUN_ID))),
        new Case(
            "annotations: {example.com/owner: '${account}'}",
            "tcp",
            edit -> edit.annotations(Map.of("example.com/owner", "alice"))),
        new Case("subdomain: 'app-${account}'", "https", edit -> edit.subdomain("app-alice")));
  }

  @ParameterizedTest
  @MethodSource("members")
  void setsWhatTheDocumentSaysAndNothingElse(Case known) {
    NewProxy proxy = Asked.proxy(known.type());
    assertEquals(known.change().apply(proxy.edit()).done(), rewritten(known.set(), proxy));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tcp|http-user: u, http-password: p, headers: {a: b}, response-headers: {a: b}, host-header: h, allow-users: [a], sk: s, group-key: k, subdomain: s",
        "udp|group-key: generated, sk: generated, basic-auth: generated",
        "https|basic-auth: generated, headers: {a: b}, allow-users: [a], sk: s",
        "xtcp|sk: generated, subdomain: s, basic-auth: generated",
        "stcp|basic-auth: generated, subdomain: s, group-key: generated"
      })
  void setsNothingThatTheTypeHasNot(String type, String set) {
    assertEquals(Asked.proxy(type), rewritten(set, Asked.proxy(type)));
  }

  @ParameterizedTest
  @CsvSource({
    // set, what the client asks, domains, what becomes of it
    "app-${account},shop,'',app-alice",
    "app-${account},'','',app-alice",
    "app-${account},'',www.example.com,''",
    "app-${account},shop,www.example.com,app-alice",
    "${subdomain}-${account},Shop,'',shop-alice",
    "${subdomain}-${account},'','',''",
    "${subdomain}-${proxy},shop,www.example.com,shop-web"
  })
  void rewritesASubdomainWhereOneIsAskedOrNoHostAtAll(
      String set, String asked, String domain, String heard) {
    NewProxy proxy =
        Asked.proxy("http")
            .edit()
            .subdomain(asked)
            .customDomains(domain.isEmpty() ? List.of() : List.of(domain))
            .done();
    NewProxy rewritten = rewritten("subdomain: '" + set + "'", proxy);
    assertEquals(heard, rewritten.subdomain());
    assertEquals(proxy.customDomains(), rewritten.customDomains());
  }

  @Test
  void replacesAHeaderInAnyCaseAndKeepsTheOthers() {
    NewProxy proxy =
        Asked.proxy("http").edit().headers(Map.of("x-who", "root", "X-Other", "1")).done();
    assertEquals(
        Map.of("X-Who", "alice", "X-Other", "1"),
        rewritten("headers: {X-Who: '${account}'}", proxy).headers());
  }

  @ParameterizedTest
  @CsvSource({"'',1MB", "2MB,1MB", "500KB,500KB", "nonsense,1MB"})
  void slowsDownButNotUp(String asked, String heard) {
    NewProxy proxy = Asked.proxy("tcp").edit().serverBandwidth(asked).done();
    assertEquals(heard, rewritten("bandwidth: 1MB", proxy).bandwidthLimit());
  }

  @Test
  void generatesSecretsThatDifferByAccountProxyMemberEditionAndKey() {
    ProxySecrets secrets = new ProxySecrets(new Secrets(Given.settings()));
    Set<String> all = new HashSet<>();
    int count = 0;
    for (String member : List.of("sk", "http-password")) {
      for (int edition = 1; edition < 4; edition++) {
        for (String account : List.of("1", "2")) {
          for (String proxy : List.of("a", "b")) {
            for (String group : List.of("", "a")) {
              Setting setting =
                  new Setting(
                      member.equals("sk") ? Rewritable.SK : Rewritable.HTTP_PASSWORD,
                      "",
                      "",
                      edition);
              String secret = secrets.of(setting, new ProxySecrets.Owner(account, proxy, group));
              assertTrue(secret.matches("[0-9a-f]{32}"), secret);
              all.add(secret);
              count++;
            }
          }
        }
      }
    }
    // a key of visitors knows no groups, and a group's members share the password
    assertEquals(48, count);
    assertEquals(2 * 3 * 2 + 3 * 2 * 3, all.size());
  }

  @Test
  void membersOfAGroupOfOneAccountAgreeOnTheKeyAndThePassword() {
    NewProxy one = Asked.proxy("http", "alice.one").edit().group("blue", "mine").done();
    NewProxy two = Asked.proxy("http", "alice.two").edit().group("blue", "other").done();
    NewProxy green = Asked.proxy("http", "alice.two").edit().group("green", "").done();
    String set = "group-key: generated, basic-auth: generated";
    assertEquals(rewritten(set, one).groupKey(), rewritten(set, two).groupKey());
    assertEquals(rewritten(set, one).httpPwd(), rewritten(set, two).httpPwd());
    assertNotEquals(rewritten(set, one).groupKey(), rewritten(set, green).groupKey());
    assertNotEquals(rewritten(set, one).groupKey(), rewritten(set, one).httpPwd());
    assertEquals("", rewritten(set, Asked.proxy("http")).groupKey());
  }

  @Test
  void showsTheSecretsThatTheProxyGets() {
    RewriteStore store =
        Rewritten.by(setting("basic-auth: generated, sk: generated, group-key: hush, edition: 3"));
    NewProxy web =
        store.rewritten(Asked.byAlice(Asked.proxy("http").edit().group("blue", "").done()));
    ProxySecretsRepresentation shown = shown(store, "http", "blue");
    assertEquals("alice", shown.httpUser());
    assertEquals(web.httpPwd(), shown.httpPassword());
    assertEquals("hush", shown.groupKey());
    assertNull(shown.sk());
    assertEquals(
        store.rewritten(Asked.byAlice(Asked.proxy("stcp"))).sk(), shown(store, "stcp", "").sk());
    assertNull(shown(store, "tcp", "").httpPassword());
    assertFalse(shown.toString().contains(web.httpPwd()));
  }

  private static ProxySecretsRepresentation shown(RewriteStore store, String type, String group) {
    return store.secrets(
        Asked.ALICE.id(),
        Asked.ALICE.name(),
        Set.of(),
        Map.of(),
        new ProxyEdit("frps-1", "web", type, group, "", List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2MB", ""})
  void anImpositionStandsBeforeARewriteButTheSlowestBandwidthCounts(String imposed) {
    Next<NewProxy> next = new Next<>();
    ImpositionStore impositions =
        new ImpositionStore() {
          @Override
          public ImpositionRepresentation get(String id) {
            return id.equals(Asked.ALICE.id())
                ? new ImpositionRepresentation(imposed, Map.of("x-a", "row"), null, null)
                : NOTHING;
          }
        };
    RewriteStore rewrites =
        Rewritten.by(setting("bandwidth: 1MB, headers: {X-A: document, X-B: document}"));
    new MetadataRewritingPolicy(next, impositions, rewrites)
        .decide(Asked.byAlice(Asked.proxy("http")));
    NewProxy heard = next.only().content();
    assertEquals("1MB", heard.bandwidthLimit());
    assertEquals(Map.of("x-a", "row", "X-B", "document"), heard.headers());
  }
}
