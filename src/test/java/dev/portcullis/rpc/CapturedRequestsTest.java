package dev.portcullis.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.operation.ClientSpec;
import dev.portcullis.operation.CloseProxy;
import dev.portcullis.operation.FrpUser;
import dev.portcullis.operation.Login;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.operation.NewUserConn;
import dev.portcullis.operation.NewWorkConn;
import dev.portcullis.operation.Operation;
import dev.portcullis.operation.Ping;
import dev.portcullis.settings.Settings.UnknownOperation;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CapturedRequestsTest {
  private static final String PRIVILEGE_KEY = "c52c1950bf3a51e05d1a18135adb93ca";
  private static final String RUN_ID = "5c5fcd8e9ca3f1d0";
  private static final FrpUser ALICE = new FrpUser("alice", Map.of("token", "s3cr<et>"), RUN_ID);

  private static final Chains ALLOWING = Chains.allowing();
  private static final Chains REJECTING = Chains.deciding(CapturedRequestsTest::reject);

  private final Chains allowing = ALLOWING.cleared();

  static List<Captured> bodies() {
    return Captured.all();
  }

  @Test
  void findsTheBodiesOfFourVersions() {
    assertEquals(
        List.of("v0.31.0", "v0.34.0", "v0.52.0", "v0.70.1"),
        bodies().stream().map(Captured::version).distinct().toList());
    assertEquals(75, bodies().size());
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void answersAnAllowedBodyWithUnchange(Captured body) {
    assertEquals(
        "{\"reject\":false,\"reject_reason\":\"\",\"unchange\":true}",
        allowing.answer(body.body()));
    assertTrue(allowing.refusals().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void answersARejectedBodyWithTheReasonOfTheChain(Captured body) {
    String answer = REJECTING.cleared().answer(body.body());
    assertEquals(
        "{\"reject\":true,\"reject_reason\":\"not \\\"now\\\": müller (decision %s)\",\"unchange\":false}"
            .formatted(REJECTING.asked().get(0).trace().decisionId()),
        answer);
  }

  private static <C extends Operation> Decision<C> reject(DecisionRequest<C> request) {
    return Decision.rejected("test.now", "not \"now\": müller");
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void routesByTheOperationInTheBody(Captured body) {
    allowing.answer(body.body());
    assertEquals(body.operation(), only().name());
  }

  @Test
  void tellsTheChainWhoAsksAndWhen() {
    allowing.answer(Captured.of("v0.70.1", "ping").body());
    DecisionRequest<?> request = allowing.asked().get(0);
    assertEquals(Chains.NODE, request.node());
    assertEquals(Chains.CORRELATION, request.correlationId());
    assertTrue(
        Duration.between(request.receivedAt(), OffsetDateTime.now(ZoneOffset.UTC)).abs().toSeconds()
            < 60);
    assertEquals(null, request.account());
    assertEquals(null, request.session());
  }

  @ParameterizedTest
  @ValueSource(strings = {"newworkconn", "newworkconn-newworkconns-scope"})
  void takesAPingWithARunIdForANewWorkConn(String name) {
    Captured body = Captured.of("v0.34.0", name);
    assertTrue(body.body().contains("\"op\":\"Ping\""));
    allowing.answer(body.body());
    assertEquals(new NewWorkConn(ALICE, RUN_ID), only());
  }

  @Test
  void takesAPingWithoutARunIdForAPing() {
    allowing.answer(Captured.of("v0.34.0", "ping").body());
    assertEquals(new Ping(ALICE), only());
  }

  @Test
  void readsAFirstLoginOfTheOldestFrp() {
    allowing.answer(Captured.of("v0.31.0", "login-first").body());
    assertEquals(
        new Login(
            "0.31.0",
            "",
            "linux",
            "amd64",
            "alice",
            "",
            Map.of("token", "s3cr<et>"),
            1,
            "",
            PRIVILEGE_KEY,
            ClientSpec.NONE),
        only());
  }

  @Test
  void readsALoginOfWhichAlmostEverythingIsAbsent() {
    allowing.answer(Captured.of("v0.70.1", "login-minimal").body());
    assertEquals(
        new Login(
            "0.70.1",
            "",
            "linux",
            "amd64",
            "",
            "",
            Map.of(),
            0,
            "203.0.113.7:51234",
            PRIVILEGE_KEY,
            ClientSpec.NONE),
        only());
  }

  @Test
  void readsALoginThroughTheSshGateway() {
    allowing.answer(Captured.of("v0.70.1", "login-ssh-gateway").body());
    assertEquals(
        new Login(
            "0.70.1",
            "frps-host",
            "linux",
            "amd64",
            "alice",
            "",
            Map.of(),
            1,
            "pipe",
            PRIVILEGE_KEY,
            new ClientSpec("ssh-tunnel", true)),
        only());
  }

  @Test
  void readsAProxyOfAFrpThatTellsNoRunId() {
    allowing.answer(Captured.of("v0.31.0", "newproxy-tcp").body());
    NewProxy proxy = (NewProxy) only();
    assertEquals(new FrpUser("alice", Map.of("token", "s3cr<et>"), ""), proxy.client());
    assertEquals("alice.ssh", proxy.proxyName());
    assertEquals(6000, proxy.remotePort());
    assertEquals(Map.of("id", "123"), proxy.metas());
    assertEquals(List.of(), proxy.customDomains());
  }

  @Test
  void readsEveryMemberOfAProxy() {
    allowing.answer(Captured.of("v0.70.1", "newproxy-http-full").body());
    assertEquals(
        new NewProxy(
            ALICE,
            "alice.web",
            "http",
            "1MB",
            "server",
            "g",
            "gk",
            Map.of("id", "123"),
            0,
            List.of("www.example.com"),
            "alice",
            List.of("/", "/api"),
            "u",
            "p",
            "internal.local",
            Map.of("x-from-where", "frp"),
            Map.of("foo", "bar"),
            "user1",
            "",
            List.of(),
            Map.of("owner", "ops")),
        only());
  }

  @Test
  void readsTheUsersWhoMayVisit() {
    allowing.answer(Captured.of("v0.52.0", "newproxy-stcp").body());
    NewProxy proxy = (NewProxy) only();
    assertEquals("abcdefg", proxy.sk());
    assertEquals(List.of("bob", "*"), proxy.allowUsers());
  }

  @Test
  void undoesTheEscapesOfGo() {
    allowing.answer(Captured.of("v0.70.1", "newproxy-http-escapes").body());
    assertEquals(new FrpUser("müller", Map.of("q", "a&b<c>\u2028"), RUN_ID), only().client());
  }

  @Test
  void readsAClosedProxy() {
    allowing.answer(Captured.of("v0.52.0", "closeproxy").body());
    assertEquals(new CloseProxy(ALICE, "alice.ssh"), only());
  }

  @Test
  void readsAConnectionOfSomebodyWithAnIpv6Address() {
    allowing.answer(Captured.of("v0.34.0", "newuserconn-nouser-ipv6").body());
    assertEquals(
        new NewUserConn(new FrpUser("", Map.of(), RUN_ID), "ssh", "tcp", "[2001:db8::1]:40022"),
        only());
  }

  @Test
  void rejectsAnUnknownOperationByItsName() {
    String answer =
        allowing.answer("{\"version\":\"0.1.0\",\"op\":\"NewHTTPRequest\",\"content\":{}}");
    assertEquals(
        ("{\"reject\":true,\"reject_reason\":\"Portcullis does not know the operation"
                + " 'NewHTTPRequest'. Take it out of the plugin's ops in frps's configuration, or"
                + " update Portcullis. (decision %s)\",\"unchange\":false}")
            .formatted(allowing.refusals().get(0).decisionId()),
        answer);
    assertEquals("request.unknown-operation", allowing.refusals().get(0).code());
    assertEquals("NewHTTPRequest", allowing.refusals().get(0).operation());
    assertTrue(allowing.asked().isEmpty());
  }

  @Test
  void allowsAnUnknownOperationWhereItIsSet() {
    Chains chains = Chains.allowing(UnknownOperation.ALLOW);
    assertEquals(
        "{\"reject\":false,\"reject_reason\":\"\",\"unchange\":true}",
        chains.answer("{\"version\":\"0.1.0\",\"op\":\"NewHTTPRequest\",\"content\":{\"a\":[]}}"));
    assertTrue(chains.refusals().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"login", "LOGIN", "Login ", "Operation", "NewProxyEdit", "FrpUser"})
  void knowsAnOperationByItsExactNameOnly(String operation) {
    allowing.answer("{\"version\":\"0.1.0\",\"op\":\"%s\",\"content\":{}}".formatted(operation));
    assertEquals("request.unknown-operation", allowing.refusals().get(0).code());
  }

  @Test
  void shortensTheNameOfAnUnknownOperation() {
    String name = "x".repeat(100_000);
    String answer =
        allowing.answer("{\"version\":\"0.1.0\",\"op\":\"%s\",\"content\":{}}".formatted(name));
    assertTrue(answer.length() < 300, answer);
  }

  @Test
  void ignoresTheOrderOfTheEnvelope() {
    allowing.answer(
        " {\"content\" :{\"user\":null}\n,\t\"other\":{\"content\":1},\"op\":\"Ping\",\r\"version\":\"0.1.0\"}\n");
    assertEquals(new Ping(new FrpUser("", Map.of(), "")), only());
  }

  private Operation only() {
    assertEquals(1, allowing.asked().size(), () -> "refused: " + allowing.refusals());
    return allowing.asked().get(0).content();
  }
}
