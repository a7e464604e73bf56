package dev.portcullis.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.operation.Login;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.rpc.FrpsReader.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChangedContentTest {
  private static final String RUN_ID = "5c5fcd8e9ca3f1d0";

  /**
   * A change by a chain.
   *
   * @param name says what it does
   * @param expected what frps then reads, by its own names of the fields
   */
  private record Change(String name, Chains chains, Map<String, Object> expected) {

    static Change ofLogin(String name, UnaryOperator<Login> change, Map<String, Object> expected) {
      return new Change(name, Chains.changingLogin(change), expected);
    }

    static Change ofProxy(
        String name, UnaryOperator<NewProxy> change, Map<String, Object> expected) {
      return new Change(name, Chains.changingProxy(change), expected);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final Change MINT =
      Change.ofLogin(
          "mint a run id",
          login -> login.withRunId("00112233aabbccdd"),
          Map.of("run_id", "00112233aabbccdd"));

  private static final Change GRANT =
      Change.ofLogin(
          "put a grant for the token",
          login -> login.withMetas(Map.of("portcullis-session", "abc.def")),
          Map.of("metas", Map.of("portcullis-session", "abc.def")));

  private static final Change EMPTY_METAS =
      Change.ofLogin(
          "take out all metas", login -> login.withMetas(Map.of()), Map.of("metas", Map.of()));

  private static final Change POOL =
      Change.ofLogin("set the pool", login -> login.withPoolCount(7), Map.of("pool_count", 7L));

  private static final Change PORT =
      Change.ofProxy(
          "set the port",
          proxy -> proxy.edit().remotePort(7000).done(),
          Map.of("remote_port", 7000L));

  private static final Change NO_PORT =
      Change.ofProxy(
          "take out the port",
          proxy -> proxy.edit().remotePort(0).done(),
          Map.of("remote_port", 0L));

  private static final Change METAS =
      Change.ofProxy(
          "set metas",
          proxy -> proxy.edit().metas(Map.of("owner", "alice")).done(),
          Map.of("metas", Map.of("owner", "alice")));

  private static final Change HEADERS =
      Change.ofProxy(
          "set headers",
          proxy -> proxy.edit().headers(Map.of("x-account", "alice")).done(),
          Map.of("headers", Map.of("x-account", "alice")));

  private static final Change RESPONSE_HEADERS =
      Change.ofProxy(
          "set response headers",
          proxy -> proxy.edit().responseHeaders(Map.of("x-by", "frps")).done(),
          Map.of("response_headers", Map.of("x-by", "frps")));

  private static final Change BANDWIDTH =
      Change.ofProxy(
          "limit the bandwidth",
          proxy -> proxy.edit().serverBandwidth("500KB").done(),
          Map.of("bandwidth_limit", "500KB", "bandwidth_limit_mode", "server"));

  private static final Change DOMAINS =
      Change.ofProxy(
          "set the domains",
          proxy -> proxy.edit().customDomains(List.of("a.example.com", "b.example.com")).done(),
          Map.of("custom_domains", List.of("a.example.com", "b.example.com")));

  private static final Change NO_DOMAINS =
      Change.ofProxy(
          "take out the domains",
          proxy -> proxy.edit().customDomains(List.of()).done(),
          Map.of("custom_domains", List.of()));

  private static final Change SUBDOMAIN =
      Change.ofProxy(
          "set the subdomain",
          proxy -> proxy.edit().subdomain("alice-web").done(),
          Map.of("subdomain", "alice-web"));

  private static final Change GROUP =
      Change.ofProxy(
          "set the group",
          proxy -> proxy.edit().group("g2", "k2").done(),
          Map.of("group", "g2", "group_key", "k2"));

  private static final Change BASIC =
      Change.ofProxy(
          "demand a password",
          proxy -> proxy.edit().httpAuthentication("guest", "letmein").done(),
          Map.of("http_user", "guest", "http_pwd", "letmein"));

  private static final Change HOST =
      Change.ofProxy(
          "rewrite the host",
          proxy -> proxy.edit().hostHeaderRewrite("in.local").done(),
          Map.of("host_header_rewrite", "in.local"));

  private static final Change SK =
      Change.ofProxy(
          "set the shared secret", proxy -> proxy.edit().sk("other").done(), Map.of("sk", "other"));

  private static final Change USERS =
      Change.ofProxy(
          "set who may visit",
          proxy -> proxy.edit().allowUsers(List.of("carol")).done(),
          Map.of("allow_users", List.of("carol")));

  private static final List<Change> OF_LOGIN = List.of(MINT, GRANT, EMPTY_METAS, POOL);

  private static final List<Change> OF_PROXY =
      List.of(
          PORT,
          NO_PORT,
          METAS,
          HEADERS,
          RESPONSE_HEADERS,
          BANDWIDTH,
          DOMAINS,
          NO_DOMAINS,
          SUBDOMAIN,
          GROUP,
          BASIC,
          HOST,
          SK,
          USERS,
          Change.ofProxy(
              "change all that can be changed",
              proxy ->
                  proxy
                      .edit()
                      .serverBandwidth("2MB")
                      .group("g3", "k3")
                      .metas(Map.of("a", "b"))
                      .remotePort(65535)
                      .customDomains(List.of("c.example.com"))
                      .subdomain("c")
                      .httpAuthentication("hu", "hp")
                      .hostHeaderRewrite("h.local")
                      .headers(Map.of("h1", "v1"))
                      .responseHeaders(Map.of("h2", "v2"))
                      .sk("s3")
                      .allowUsers(List.of("*"))
                      .done(),
              everything()));

  private static Map<String, Object> everything() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("bandwidth_limit", "2MB");
    fields.put("bandwidth_limit_mode", "server");
    fields.put("group", "g3");
    fields.put("group_key", "k3");
    fields.put("metas", Map.of("a", "b"));
    fields.put("remote_port", 65535L);
    fields.put("custom_domains", List.of("c.example.com"));
    fields.put("subdomain", "c");
    fields.put("http_user", "hu");
    fields.put("http_pwd", "hp");
    fields.put("host_header_rewrite", "h.local");
    fields.put("headers", Map.of("h1", "v1"));
    fields.put("response_headers", Map.of("h2", "v2"));
    fields.put("sk", "s3");
    fields.put("allow_users", List.of("*"));
    return fields;
  }

  static Stream<Arguments> placesOfTheChange() {
    return Stream.of(
        // the port: 0, another one, absent
        replaced("v0.31.0/newproxy-tcp-port0", PORT, "'remote_port':0", "'remote_port':7000"),
        replaced("v0.31.0/newproxy-tcp", PORT, "'remote_port':6000", "'remote_port':7000"),
        replaced("v0.34.0/newproxy-tcp-port0", PORT, "'remote_port':0", "'remote_port':7000"),
        replaced("v0.34.0/newproxy-udp", PORT, "'remote_port':6053", "'remote_port':7000"),
        added("v0.52.0/newproxy-tcp-port0", PORT, "'remote_port':7000"),
        replaced("v0.52.0/newproxy-tcp", PORT, "'remote_port':6000", "'remote_port':7000"),
        added("v0.70.1/newproxy-tcp-port0", PORT, "'remote_port':7000"),
        replaced("v0.70.1/newproxy-tcp", PORT, "'remote_port':6000", "'remote_port':7000"),
        replaced("v0.70.1/newproxy-tcp", NO_PORT, "'remote_port':6000", "'remote_port':0"),
        // metas: null, another one, absent; those of the user are others
        replaced("v0.31.0/newproxy-udp", METAS, "'metas':null", "'metas':{'owner':'alice'}"),
        replaced("v0.31.0/newproxy-tcp", METAS, "{'id':'123'}", "{'owner':'alice'}"),
        replaced(
            "v0.31.0/newproxy-tcp-no-user",
            METAS,
            "'group_key':'','metas':null",
            "'group_key':'','metas':{'owner':'alice'}"),
        replaced("v0.34.0/newproxy-https", METAS, "'metas':null", "'metas':{'owner':'alice'}"),
        replaced("v0.52.0/newproxy-tcp", METAS, "{'id':'123'}", "{'owner':'alice'}"),
        added("v0.52.0/newproxy-tcp-no-user", METAS, "'metas':{'owner':'alice'}"),
        replaced("v0.70.1/newproxy-http-full", METAS, "{'id':'123'}", "{'owner':'alice'}"),
        added("v0.70.1/newproxy-http-escapes", METAS, "'metas':{'owner':'alice'}"),
        // headers: null, another one, absent
        replaced(
            "v0.31.0/newproxy-http-escapes",
            HEADERS,
            "'headers':null",
            "'headers':{'x-account':'alice'}"),
        replaced(
            "v0.34.0/newproxy-http-full",
            HEADERS,
            "{'x-from-where':'frp'}",
            "{'x-account':'alice'}"),
        added("v0.52.0/newproxy-http-escapes", HEADERS, "'headers':{'x-account':'alice'}"),
        added("v0.52.0/newproxy-http-full", RESPONSE_HEADERS, "'response_headers':{'x-by':'frps'}"),
        replaced(
            "v0.70.1/newproxy-http-full", RESPONSE_HEADERS, "{'foo':'bar'}", "{'x-by':'frps'}"),
        // bandwidth: unknown to the oldest frps, another one, absent
        added(
            "v0.31.0/newproxy-tcp",
            BANDWIDTH,
            "'bandwidth_limit':'500KB','bandwidth_limit_mode':'server'"),
        added(
            "v0.52.0/newproxy-tcp",
            BANDWIDTH,
            "'bandwidth_limit':'500KB','bandwidth_limit_mode':'server'"),
        replaced("v0.52.0/newproxy-http-full", BANDWIDTH, "'1MB'", "'500KB'"),
        replaced("v0.70.1/newproxy-http-full", BANDWIDTH, "'1MB'", "'500KB'"),
        // domains: null, another one, absent
        replaced(
            "v0.31.0/newproxy-stcp",
            DOMAINS,
            "'custom_domains':null",
            "'custom_domains':['a.example.com','b.example.com']"),
        replaced(
            "v0.34.0/newproxy-tcpmux",
            DOMAINS,
            "['a.example.com']",
            "['a.example.com','b.example.com']"),
        added(
            "v0.70.1/newproxy-tcp-port0",
            DOMAINS,
            "'custom_domains':['a.example.com','b.example.com']"),
        replaced("v0.70.1/newproxy-https", NO_DOMAINS, "['tls.example.com']", "[]"),
        replaced("v0.31.0/newproxy-https", SUBDOMAIN, "'subdomain':''", "'subdomain':'alice-web'"),
        added("v0.70.1/newproxy-https", SUBDOMAIN, "'subdomain':'alice-web'"),
        replaced(
            "v0.52.0/newproxy-http-full",
            SUBDOMAIN,
            "'subdomain':'alice'",
            "'subdomain':'alice-web'"),
        replaced(
            "v0.70.1/newproxy-http-full", GROUP, "'g','group_key':'gk'", "'g2','group_key':'k2'"),
        added("v0.70.1/newproxy-tcp", GROUP, "'group':'g2','group_key':'k2'"),
        replaced(
            "v0.34.0/newproxy-http-escapes",
            BASIC,
            "'http_user':'','http_pwd':''",
            "'http_user':'guest','http_pwd':'letmein'"),
        added("v0.70.1/newproxy-http-escapes", BASIC, "'http_user':'guest','http_pwd':'letmein'"),
        replaced("v0.70.1/newproxy-http-full", HOST, "'internal.local'", "'in.local'"),
        replaced("v0.70.1/newproxy-xtcp", SK, "'abcdefg'", "'other'"),
        replaced("v0.70.1/newproxy-stcp", USERS, "['bob','*']", "['carol']"),
        added("v0.70.1/newproxy-sudp", USERS, "'allow_users':['carol']"),
        added("v0.31.0/newproxy-xtcp", USERS, "'allow_users':['carol']"),
        // the run id: empty, another one, absent
        replaced("v0.31.0/login-first", MINT, "'run_id':''", "'run_id':'00112233aabbccdd'"),
        replaced("v0.34.0/login-reconnect", MINT, RUN_ID, "00112233aabbccdd"),
        added("v0.52.0/login-first", MINT, "'run_id':'00112233aabbccdd'"),
        replaced("v0.52.0/login-reconnect", MINT, RUN_ID, "00112233aabbccdd"),
        added("v0.70.1/login-minimal", MINT, "'run_id':'00112233aabbccdd'"),
        added("v0.70.1/login-ssh-gateway", MINT, "'run_id':'00112233aabbccdd'"),
        // metas of a login: null, another one, absent
        replaced(
            "v0.31.0/login-minimal",
            GRANT,
            "'metas':null",
            "'metas':{'portcullis-session':'abc.def'}"),
        replaced(
            "v0.34.0/login-first",
            GRANT,
            "{'token':'s3cr\\u003cet\\u003e'}",
            "{'portcullis-session':'abc.def'}"),
        replaced("v0.52.0/login-reconnect", EMPTY_METAS, "{'token':'s3cr\\u003cet\\u003e'}", "{}"),
        added("v0.52.0/login-minimal", GRANT, "'metas':{'portcullis-session':'abc.def'}"),
        added("v0.70.1/login-ssh-gateway", GRANT, "'metas':{'portcullis-session':'abc.def'}"),
        replaced("v0.31.0/login-minimal", POOL, "'pool_count':0", "'pool_count':7"),
        replaced("v0.70.1/login-first", POOL, "'pool_count':1", "'pool_count':7"),
        added("v0.52.0/login-minimal", POOL, "'pool_count':7"));
  }

  /** The content is expected with that one place replaced. */
  private static Arguments replaced(String body, Change change, String place, String text) {
    Captured captured = captured(body);
    String content = captured.content().raw();
    String was = place.replace('\'', '"');
    assertEquals(content.indexOf(was), content.lastIndexOf(was), body + " has it twice: " + was);
    assertTrue(content.contains(was), body + " has no " + was);
    return Arguments.of(captured, change, content.replace(was, text.replace('\'', '"')));
  }

  /** The content is expected with that at its end. */
  private static Arguments added(String body, Change change, String text) {
    Captured captured = captured(body);
    String content = captured.content().raw();
    return Arguments.of(
        captured,
        change,
        content.substring(0, content.length() - 1) + "," + text.replace('\'', '"') + "}");
  }

  private static Captured captured(String body) {
    String[] names = body.split("/", 2);
    return Captured.of(names[0], names[1]);
  }

  @ParameterizedTest
  @MethodSource("placesOfTheChange")
  void answersWithTheContentThatCameAndOnlyTheChangeInIt(
      Captured body, Change change, String expected) {
    assertEquals(
        "{\"reject\":false,\"reject_reason\":\"\",\"unchange\":false,\"content\":" + expected + "}",
        change.chains().answer(body.body()));
  }

  @Test
  void answersALoginOfFrp031WithItsWholeContent() {
    assertEquals(
        "{\"reject\":false,\"reject_reason\":\"\",\"unchange\":false,\"content\":{\"version\":\"0.31.0\",\"hostname\":\"\",\"os\":\"linux\",\"arch\":\"amd64\",\"user\":\"alice\",\"privilege_key\":\"c52c1950bf3a51e05d1a18135adb93ca\",\"timestamp\":1753279369,\"run_id\":\"00112233aabbccdd\",\"metas\":{\"portcullis-session\":\"x.y\"},\"pool_count\":1}}",
        Chains.changingLogin(
                login ->
                    login
                        .withRunId("00112233aabbccdd")
                        .withMetas(Map.of("portcullis-session", "x.y")))
            .answer(Captured.of("v0.31.0", "login-first").body()));
  }

  @Test
  void answersALoginOfFrp070WithItsWholeContent() {
    assertEquals(
        "{\"reject\":false,\"reject_reason\":\"\",\"unchange\":false,\"content\":{\"version\":\"0.70.1\",\"hostname\":\"edge-01\",\"os\":\"linux\",\"arch\":\"amd64\",\"user\":\"alice\",\"privilege_key\":\"c52c1950bf3a51e05d1a18135adb93ca\",\"timestamp\":1753279369,\"client_id\":\"edge-01\",\"metas\":{\"portcullis-session\":\"x.y\"},\"client_spec\":{},\"pool_count\":1,\"client_address\":\"203.0.113.7:51234\",\"run_id\":\"00112233aabbccdd\"}}",
        Chains.changingLogin(
                login ->
                    login
                        .withRunId("00112233aabbccdd")
                        .withMetas(Map.of("portcullis-session", "x.y")))
            .answer(Captured.of("v0.70.1", "login-first").body()));
  }

  @Test
  void answersAProxyOfFrp034WithItsWholeContent() {
    assertEquals(
        "{\"reject\":false,\"reject_reason\":\"\",\"unchange\":false,\"content\":{\"user\":{\"user\":\"müller\",\"metas\":{\"q\":\"a\\u0026b\\u003cc\\u003e\\u2028\"},\"run_id\":\"5c5fcd8e9ca3f1d0\"},\"proxy_name\":\"müller.web\",\"proxy_type\":\"http\",\"use_encryption\":false,\"use_compression\":false,\"group\":\"\",\"group_key\":\"\",\"metas\":{\"owner\":\"alice\"},\"remote_port\":0,\"custom_domains\":[\"x.example.com\"],\"subdomain\":\"alice-web\",\"locations\":null,\"http_user\":\"\",\"http_pwd\":\"\",\"host_header_rewrite\":\"\",\"headers\":{\"x-account\":\"alice\"},\"sk\":\"\",\"multiplexer\":\"\",\"bandwidth_limit\":\"500KB\",\"bandwidth_limit_mode\":\"server\"}}",
        Chains.changingProxy(
                proxy ->
                    proxy
                        .edit()
                        .serverBandwidth("500KB")
                        .metas(Map.of("owner", "alice"))
                        .headers(Map.of("x-account", "alice"))
                        .subdomain("alice-web")
                        .done())
            .answer(Captured.of("v0.34.0", "newproxy-http-escapes").body()));
  }

  @Test
  void answersAProxyOfFrp052WithItsWholeContent() {
    assertEquals(
        "{\"reject\":false,\"reject_reason\":\"\",\"unchange\":false,\"content\":{\"user\":{\"user\":\"alice\",\"metas\":{\"token\":\"s3cr\\u003cet\\u003e\"},\"run_id\":\"5c5fcd8e9ca3f1d0\"},\"proxy_name\":\"alice.auto\",\"proxy_type\":\"tcp\",\"bandwidth_limit\":\"500KB\",\"bandwidth_limit_mode\":\"server\",\"metas\":{\"owner\":\"alice\"},\"remote_port\":7000}}",
        Chains.changingProxy(
                proxy ->
                    proxy
                        .edit()
                        .serverBandwidth("500KB")
                        .metas(Map.of("owner", "alice"))
                        .remotePort(7000)
                        .done())
            .answer(Captured.of("v0.52.0", "newproxy-tcp-port0").body()));
  }

  @Test
  void fillsAnEmptyMapThatFrp035Sends() {
    String body = Captured.of("v0.34.0", "login-minimal").body();
    assertEquals(
        GRANT.chains().answer(body),
        GRANT.chains().answer(body.replace("\"metas\":null", "\"metas\":{}")));
  }

  @Test
  void takesAChangeToWhatItWasForNoChange() {
    assertEquals(
        "{\"reject\":false,\"reject_reason\":\"\",\"unchange\":true}",
        Chains.changingProxy(
                proxy ->
                    proxy
                        .edit()
                        .remotePort(proxy.remotePort())
                        .metas(new LinkedHashMap<>(proxy.metas()))
                        .customDomains(new ArrayList<>(proxy.customDomains()))
                        .done())
            .answer(Captured.of("v0.31.0", "newproxy-http-full").body()));
  }

  static Stream<Arguments> changesOfEveryBody() {
    return Stream.concat(
        Captured.of("Login").stream()
            .flatMap(body -> OF_LOGIN.stream().map(change -> Arguments.of(body, change))),
        Captured.of("NewProxy").stream()
            .flatMap(body -> OF_PROXY.stream().map(change -> Arguments.of(body, change))));
  }

  @ParameterizedTest
  @MethodSource("changesOfEveryBody")
  void keepsEveryOtherMemberToTheByte(Captured body, Change change) throws Exception {
    assertKept(body.body(), body.operation(), change);
  }

  @ParameterizedTest
  @MethodSource("changesOfEveryBody")
  void keepsMembersThatItDoesNotModelToTheByte(Captured body, Change change) throws Exception {
    String content = body.content().raw();
    String strange =
        """
        "x\\u002dnew" :\t{ "remote_port" : 1E5,"a\\"}":[1.50 ,-0.0e-0, true,null,"\\u003c\\/\\ud83d\\ude00 }]"],
        "user":{"metas":null},"" :{}} \r""";
    String grown =
        "{"
            + strange
            + ","
            + content.substring(1, content.length() - 1)
            + " ,\n\"y\"\n:\n12345678901234567890.000\n, \"metas \":[[],[{}]]  }";
    // the client of a session is an object which may grow too
    grown = grown.replace("\"user\":{\"user\":", "\"user\":{ \"tenant\\u0073\":[ 1.0 ],\"user\":");
    String request = body.body().replace(content, grown);
    assertTrue(request.length() > body.body().length() + 100);
    assertKept(request, body.operation(), change);
  }

  private static void assertKept(String request, String operation, Change change) throws Exception {
    GoJson.Members asked = (GoJson.Members) GoJson.object(request).get("content").orElseThrow();
    Map<String, Object> before = FrpsReader.content(operation, asked);
    Map<String, Object> after = new LinkedHashMap<>(before);
    after.putAll(change.expected());

    String answer = change.chains().answer(request);

    if (after.equals(before)) {
      assertEquals("{\"reject\":false,\"reject_reason\":\"\",\"unchange\":true}", answer);
      return;
    }
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    Outcome outcome = AnswerRules.check(request.getBytes(StandardCharsets.UTF_8), bytes);
    assertEquals(after, assertInstanceOf(Outcome.Replaces.class, outcome).fields());
    GoJson.Members content = (GoJson.Members) GoJson.object(answer).get("content").orElseThrow();
    for (GoJson.Member member : asked.members()) {
      if (!change.expected().containsKey(member.key())) {
        assertEquals(
            member.value().raw(), content.get(member.key()).orElseThrow().raw(), member.key());
      }
    }
    for (GoJson.Member member : content.members()) {
      assertTrue(
          asked.get(member.key()).isPresent() || change.expected().containsKey(member.key()),
          () -> "nobody has asked for " + member.key());
    }
  }
}
