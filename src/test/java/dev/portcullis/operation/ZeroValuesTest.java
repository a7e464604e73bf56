package dev.portcullis.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ZeroValuesTest {
  private static final FrpUser NOBODY = new FrpUser("", Map.of(), "");

  @Test
  @SuppressWarnings("NullAway") // what JSON-B passes for an absent member
  void putsGosZeroValuesWhereMembersAreAbsent() {
    String none = absent();
    FrpUser nobody = absent();
    Map<String, String> noMap = absent();
    List<String> noList = absent();

    assertEquals(NOBODY, new FrpUser(none, noMap, none));
    assertEquals(new Ping(NOBODY), new Ping(nobody));
    assertEquals(new CloseProxy(NOBODY, ""), new CloseProxy(nobody, none));
    assertEquals(new NewWorkConn(NOBODY, ""), new NewWorkConn(nobody, none));
    assertEquals(new NewUserConn(NOBODY, "", "", ""), new NewUserConn(nobody, none, none, none));
    assertEquals(
        new Login("", "", "", "", "", "", Map.of(), 0, "", "", ClientSpec.NONE),
        new Login(none, none, none, none, none, none, noMap, 0, none, none, absent()));
    assertEquals(proxy(NOBODY, "", Map.of(), List.of()), proxy(nobody, none, noMap, noList));
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T absent() {
    @Nullable T nothing = null;
    return nothing;
  }

  private static NewProxy proxy(
      FrpUser user, String text, Map<String, String> map, List<String> list) {
    return new NewProxy(
        user, text, text, text, text, text, text, map, 0, list, text, list, text, text, text, map,
        map, text, text, list, map);
  }

  @Test
  void isNotChangedByWhoeverMadeIt() {
    Map<String, String> metas = new LinkedHashMap<>(Map.of("a", "b"));
    List<String> domains = new ArrayList<>(List.of("a.example.com"));
    NewProxy proxy = proxy(new FrpUser("alice", metas, ""), "x", metas, domains);
    metas.put("c", "d");
    domains.add("b.example.com");
    assertEquals(Map.of("a", "b"), proxy.metas());
    assertEquals(Map.of("a", "b"), proxy.user().metas());
    assertEquals(List.of("a.example.com"), proxy.customDomains());
    assertThrows(UnsupportedOperationException.class, () -> proxy.metas().put("e", "f"));
    assertThrows(UnsupportedOperationException.class, () -> proxy.locations().add("/"));
  }

  @Test
  void keepsTheOrderOfMaps() {
    Map<String, String> metas = new LinkedHashMap<>();
    for (int i = 20; i > 0; i--) {
      metas.put("key" + i, "");
    }
    assertEquals(
        new ArrayList<>(metas.keySet()),
        new ArrayList<>(new FrpUser("", metas, "").metas().keySet()));
  }

  @Test
  void namesOperationsAsFrpDoes() {
    assertEquals(
        List.of("Login", "NewProxy", "CloseProxy", "Ping", "NewWorkConn", "NewUserConn"),
        List.<Operation>of(
                new Login("", "", "", "", "", "", Map.of(), 0, "", "", ClientSpec.NONE),
                proxy(NOBODY, "", Map.of(), List.of()),
                new CloseProxy(NOBODY, ""),
                new Ping(NOBODY),
                new NewWorkConn(NOBODY, ""),
                new NewUserConn(NOBODY, "", "", ""))
            .stream()
            .map(Operation::name)
            .toList());
  }

  @Test
  void takesTheClientOfALoginFromItsOwnMembers() {
    assertEquals(
        new FrpUser("alice", Map.of("token", "t"), "r"),
        new Login("", "", "", "", "alice", "r", Map.of("token", "t"), 0, "", "", ClientSpec.NONE)
            .client());
  }
}
