package dev.portcullis.decision;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.portcullis.operation.ClientSpec;
import dev.portcullis.operation.CloseProxy;
import dev.portcullis.operation.FrpUser;
import dev.portcullis.operation.Login;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.operation.NewUserConn;
import dev.portcullis.operation.NewWorkConn;
import dev.portcullis.operation.Operation;
import dev.portcullis.operation.Ping;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** Questions for the tests of policies. */
public final class Asked {
  public static final String RUN_ID = "5c5fcd8e9ca3f1d0";
  public static final NodeIdentity NODE = new NodeIdentity("node-id", "frps-1");
  public static final AccountIdentity ALICE =
      new AccountIdentity("alice-id", "alice", "credential-id");
  public static final OffsetDateTime NOW =
      OffsetDateTime.of(2026, 7, 23, 12, 0, 0, 0, ZoneOffset.UTC);

  private Asked() {}

  /** A question of which nothing is known. */
  public static <C extends Operation> DecisionRequest<C> of(C content) {
    return DecisionRequest.of(content, NODE, "f87283c5fd2ed95c", NOW);
  }

  /** A question of alice. */
  public static <C extends Operation> DecisionRequest<C> byAlice(C content) {
    return of(content).withAccount(ALICE);
  }

  public static FrpUser user(Map<String, String> metas) {
    return new FrpUser("alice", metas, RUN_ID);
  }

  public static Login login(Map<String, String> metas) {
    return new Login(
        "0.70.1",
        "host",
        "linux",
        "amd64",
        "alice",
        "",
        metas,
        1,
        "203.0.113.7:51234",
        "",
        ClientSpec.NONE);
  }

  /** A proxy of that type called {@code alice.web}. */
  public static NewProxy proxy(String type) {
    return proxy(type, "alice.web");
  }

  public static NewProxy proxy(String type, String name) {
    return proxy(user(Map.of()), type, name, List.of(), "");
  }

  /** A proxy with what can't be changed by an edit. */
  public static NewProxy proxy(
      FrpUser user, String type, String name, List<String> locations, String routeByHttpUser) {
    return new NewProxy(
        user,
        name,
        type,
        "",
        "",
        "",
        "",
        Map.of(),
        0,
        List.of(),
        "",
        locations,
        "",
        "",
        "",
        Map.of(),
        Map.of(),
        routeByHttpUser,
        "",
        List.of(),
        Map.of());
  }

  /** One of each operation but Login. */
  public static List<Operation> later(FrpUser user) {
    return List.of(
        proxy(user, "tcp", "alice.web", List.of(), ""),
        new CloseProxy(user, "alice.web"),
        new Ping(user),
        new NewWorkConn(user, user.runId()),
        new NewUserConn(user, "alice.web", "tcp", "198.51.100.9:40022"));
  }

  /** The code of a rejection, which has a reason too. */
  public static String code(Decision<?> decision) {
    return rejection(decision).code();
  }

  /** The reason of a rejection. */
  public static String reason(Decision<?> decision) {
    return rejection(decision).reason();
  }

  private static Decision.Rejected<?> rejection(Decision<?> decision) {
    Decision.Rejected<?> rejected = assertInstanceOf(Decision.Rejected.class, decision);
    assertFalse(rejected.reason().isBlank());
    return rejected;
  }
}
