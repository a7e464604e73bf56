package dev.portcullis.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.limit.Usage.Open;
import dev.portcullis.limit.Usage.Recent;
import dev.portcullis.policy.InUse;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class UsageTest {
  private static final Predicate<String> ALL = node -> true;

  private final Usage usage =
      new Usage(
          List.of(new Recent("n1", "a"), new Recent("n1", "b"), new Recent("n2", "c")),
          List.of(
              new Open("n1", "tcp", "a", 6000, 1),
              new Open("n1", "tcp", "d", 6000, 1),
              new Open("n1", "udp", "a", 6000, 1),
              new Open("n2", "tcp", "e", 6000, 1),
              new Open("n1", "http", "a", 0, 3)));

  @Test
  void countsEachSessionOnceThatWasHeardOfOrHoldsAProxy() {
    assertEquals(5, usage.ofLogin(ALL, "new").sessions());
    assertEquals(3, usage.ofLogin(node -> node.equals("n1"), "new").sessions());
  }

  @Test
  void isNoNewSessionThatIsThereAlready() {
    assertEquals(0, usage.ofLogin(ALL, "a").sessions());
    assertEquals(0, usage.ofLogin(ALL, "b").sessions());
    assertEquals(0, usage.ofLogin(ALL, "e").sessions());
  }

  @Test
  void hasNoPlaceForASessionsFirstProxyThatOthersHaveTaken() {
    assertEquals(4, usage.ofProxy(ALL, "b", "n1", "tcp", 7000).sessions());
    assertEquals(0, usage.ofProxy(ALL, "a", "n1", "tcp", 7000).sessions());
  }

  @Test
  void countsProxiesByTheirSessionAndType() {
    InUse inUse = usage.ofProxy(ALL, "a", "n1", "http", 0);
    assertEquals(7, inUse.proxies());
    assertEquals(5, inUse.proxiesOfSession());
    assertEquals(Map.of("tcp", 3, "udp", 1, "http", 3), inUse.types());
  }

  @Test
  void countsAPortOnceHoweverManyShareItAndNotTheOneThatIsToBeShared() {
    assertEquals(3, usage.ofProxy(ALL, "a", "n1", "tcp", 7000).ports());
    assertEquals(2, usage.ofProxy(node -> node.equals("n1"), "a", "n1", "tcp", 7000).ports());
    assertEquals(1, usage.ofProxy(node -> node.equals("n1"), "a", "n1", "tcp", 6000).ports());
  }

  @Test
  void countsTheSamePortOfAnotherNodeAsAnotherPort() {
    assertEquals(2, usage.ofProxy(ALL, "a", "n1", "tcp", 6000).ports());
    assertEquals(3, usage.ofProxy(ALL, "a", "n3", "tcp", 6000).ports());
  }
}
