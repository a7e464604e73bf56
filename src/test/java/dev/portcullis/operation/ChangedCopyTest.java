package dev.portcullis.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChangedCopyTest {
  private static final FrpUser ALICE = new FrpUser("alice", Map.of("m", "n"), "run");
  private static final ClientSpec SPEC = new ClientSpec("t", true);
  private static final NewProxy PROXY =
      new NewProxy(
          ALICE,
          "alice.web",
          "http",
          "1MB",
          "client",
          "g",
          "gk",
          Map.of("a", "b"),
          80,
          List.of("a.example.com"),
          "sub",
          List.of("/"),
          "hu",
          "hp",
          "host",
          Map.of("h", "1"),
          Map.of("r", "2"),
          "route",
          "sk",
          List.of("bob"),
          Map.of("n", "o"));

  static Stream<UnaryOperator<NewProxyEdit>> editsToTheSame() {
    return Stream.of(
        edit -> edit,
        edit -> edit.group("g", "gk"),
        edit -> edit.metas(Map.of("a", "b")),
        edit -> edit.remotePort(80),
        edit -> edit.customDomains(List.of("a.example.com")),
        edit -> edit.subdomain("sub"),
        edit -> edit.httpAuthentication("hu", "hp"),
        edit -> edit.hostHeaderRewrite("host"),
        edit -> edit.headers(Map.of("h", "1")),
        edit -> edit.responseHeaders(Map.of("r", "2")),
        edit -> edit.sk("sk"),
        edit -> edit.allowUsers(List.of("bob")),
        edit -> edit.annotations(Map.of("n", "o")),
        edit -> edit.remotePort(81).remotePort(80));
  }

  @ParameterizedTest
  @MethodSource("editsToTheSame")
  void isEqualWhenNothingIsOther(UnaryOperator<NewProxyEdit> edit) {
    assertEquals(PROXY, edit.apply(PROXY.edit()).done());
  }

  @Test
  void changesAllThatFrpLetsAPluginChangeAndNothingElse() {
    assertEquals(
        new NewProxy(
            ALICE,
            "alice.web",
            "http",
            "2MB",
            "server",
            "g2",
            "gk2",
            Map.of("a2", "b2"),
            82,
            List.of("a2.example.com"),
            "sub2",
            List.of("/"),
            "hu2",
            "hp2",
            "host2",
            Map.of("h2", "1"),
            Map.of("r2", "2"),
            "route",
            "sk2",
            List.of("bob2"),
            Map.of("n2", "o2")),
        PROXY
            .edit()
            .serverBandwidth("2MB")
            .group("g2", "gk2")
            .metas(Map.of("a2", "b2"))
            .remotePort(82)
            .customDomains(List.of("a2.example.com"))
            .subdomain("sub2")
            .httpAuthentication("hu2", "hp2")
            .hostHeaderRewrite("host2")
            .headers(Map.of("h2", "1"))
            .responseHeaders(Map.of("r2", "2"))
            .sk("sk2")
            .allowUsers(List.of("bob2"))
            .annotations(Map.of("n2", "o2"))
            .done());
  }

  @Test
  void limitsBandwidthInTheServerSinceFrpcReadsItsOwnFile() {
    NewProxy limited = PROXY.edit().serverBandwidth("1MB").done();
    assertEquals("1MB", limited.bandwidthLimit());
    assertEquals("server", limited.bandwidthLimitMode());
  }

  @Test
  void changesOneMemberOfALogin() {
    Login login = new Login("v", "h", "o", "a", "u", "r", Map.of("k", "1"), 5, "c", "p", SPEC);
    assertEquals(
        new Login("v", "h", "o", "a", "u", "r2", Map.of("k", "1"), 5, "c", "p", SPEC),
        login.withRunId("r2"));
    assertEquals(
        new Login("v", "h", "o", "a", "u", "r", Map.of("l", "2"), 5, "c", "p", SPEC),
        login.withMetas(Map.of("l", "2")));
    assertEquals(
        new Login("v", "h", "o", "a", "u", "r", Map.of("k", "1", "l", "2"), 5, "c", "p", SPEC),
        login.withMeta("l", "2"));
    assertEquals(
        new Login("v", "h", "o", "a", "u", "r", Map.of("k", "2"), 5, "c", "p", SPEC),
        login.withMeta("k", "2"));
    assertEquals(
        new Login("v", "h", "o", "a", "u", "r", Map.of("k", "1"), 6, "c", "p", SPEC),
        login.withPoolCount(6));
  }
}
