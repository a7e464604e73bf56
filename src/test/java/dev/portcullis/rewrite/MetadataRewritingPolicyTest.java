package dev.portcullis.rewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.decision.Asked;
import dev.portcullis.decision.Next;
import dev.portcullis.operation.NewProxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataRewritingPolicyTest {
  private static final ImpositionRepresentation NOTHING =
      new ImpositionRepresentation("", Map.of(), Map.of(), Map.of());

  @Test
  void leavesAProxyAloneWhereNothingIsImposed() {
    NewProxy proxy =
        Asked.proxy("http").edit().headers(Map.of("h", "1")).metas(Map.of("m", "1")).done();
    assertEquals(proxy, rewritten(proxy, NOTHING, NOTHING));
  }

  @ParameterizedTest
  @CsvSource({
    // what the client asks for, what is imposed, what frps hears
    "'',1MB,1MB",
    "2MB,1MB,1MB",
    "500KB,1MB,500KB",
    "1024KB,1MB,1024KB",
    "nonsense,1MB,1MB",
    "0KB,1MB,1MB"
  })
  void slowsAProxyDownButNotUp(String asked, String imposed, String heard) {
    NewProxy proxy = Asked.proxy("tcp").edit().serverBandwidth(asked).done();
    NewProxy rewritten =
        rewritten(proxy, new ImpositionRepresentation(imposed, null, null, null), NOTHING);
    assertEquals(heard, rewritten.bandwidthLimit());
    assertEquals("server", rewritten.bandwidthLimitMode());
  }

  @Test
  void changesNothingElseWhenItSlowsDown() {
    NewProxy proxy = Asked.proxy("http").edit().headers(Map.of("h", "1")).done();
    assertEquals(
        proxy.edit().serverBandwidth("1MB").done(),
        rewritten(proxy, new ImpositionRepresentation("1MB", null, null, null), NOTHING));
  }

  @Test
  void leavesTheClientsOwnLimitWhereNoneIsImposed() {
    NewProxy proxy = Asked.proxy("tcp").edit().serverBandwidth("9MB").done();
    assertEquals(proxy, rewritten(proxy, NOTHING, NOTHING));
  }

  @Test
  void fillsInWhoAndWhat() {
    NewProxy rewritten =
        rewritten(
            Asked.proxy("http"),
            new ImpositionRepresentation(
                "",
                Map.of("X-Who", "${account}@${node}"),
                Map.of("X-What", "${proxy}"),
                Map.of("session", "${run_id}")),
            NOTHING);
    assertEquals(Map.of("X-Who", "alice@frps-1"), rewritten.headers());
    assertEquals(Map.of("X-What", "alice.web"), rewritten.responseHeaders());
    assertEquals(Map.of("session", Asked.RUN_ID), rewritten.metas());
  }

  @Test
  void fillsInNoPlacesThatTheClientHasWritten() {
    NewProxy proxy = Asked.proxy("http").edit().metas(Map.of("mine", "${account}")).done();
    NewProxy rewritten =
        rewritten(proxy, new ImpositionRepresentation("", null, null, Map.of("own", "x")), NOTHING);
    assertEquals(Map.of("mine", "${account}", "own", "x"), rewritten.metas());
  }

  @Test
  void replacesAHeaderInAnyCaseAndKeepsTheOthers() {
    NewProxy proxy =
        Asked.proxy("http")
            .edit()
            .headers(Map.of("x-forwarded-user", "root", "X-Other", "1"))
            .responseHeaders(Map.of("SERVER", "x"))
            .done();
    NewProxy rewritten =
        rewritten(
            proxy,
            new ImpositionRepresentation(
                "", Map.of("X-Forwarded-User", "${account}"), Map.of("Server", "y"), null),
            NOTHING);
    assertEquals(Map.of("X-Forwarded-User", "alice", "X-Other", "1"), rewritten.headers());
    assertEquals(Map.of("Server", "y"), rewritten.responseHeaders());
  }

  @Test
  void replacesAMetaOfThatNameAndKeepsTheOrderOfTheOthers() {
    NewProxy proxy = Asked.proxy("tcp").edit().metas(Map.of("owner", "bob")).done();
    NewProxy rewritten =
        rewritten(
            proxy,
            new ImpositionRepresentation("", null, null, Map.of("owner", "${account}", "z", "1")),
            NOTHING);
    assertEquals(List.of("owner", "z"), new ArrayList<>(rewritten.metas().keySet()));
    assertEquals("alice", rewritten.metas().get("owner"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp", "https", "tcpmux", "stcp", "sudp", "xtcp"})
  void setsHeadersOnlyWhereFrpsSpeaksHttp(String type) {
    NewProxy proxy = Asked.proxy(type);
    assertEquals(
        proxy,
        rewritten(
            proxy,
            new ImpositionRepresentation("", Map.of("a", "b"), Map.of("c", "d"), null),
            NOTHING));
  }

  @Test
  void putsTheAccountsImpositionBeforeTheNodes() {
    NewProxy rewritten =
        rewritten(
            Asked.proxy("http"),
            new ImpositionRepresentation("2MB", Map.of("X-A", "account"), null, null),
            new ImpositionRepresentation(
                "1MB", Map.of("X-A", "node", "X-B", "node"), null, Map.of("m", "node")));
    assertEquals("2MB", rewritten.bandwidthLimit());
    assertEquals(Map.of("X-A", "account", "X-B", "node"), rewritten.headers());
    assertEquals(Map.of("m", "node"), rewritten.metas());
  }

  private static NewProxy rewritten(
      NewProxy proxy, ImpositionRepresentation ofAccount, ImpositionRepresentation ofNode) {
    Next<NewProxy> next = new Next<>();
    ImpositionStore impositions =
        new ImpositionStore() {
          @Override
          public ImpositionRepresentation get(String id) {
            return Map.of(Asked.ALICE.id(), ofAccount, Asked.NODE.id(), ofNode)
                .getOrDefault(id, NOTHING);
          }
        };
    RewriteStore rewrites = Rewritten.by("rules: []");
    new MetadataRewritingPolicy(next, impositions, rewrites).decide(Asked.byAlice(proxy));
    return next.only().content();
  }
}
