package dev.portcullis.kick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.decision.Asked;
import dev.portcullis.session.KnownSession;
import dev.portcullis.session.Rung;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LadderTest {
  private static final HeldProxyRepresentation TCP = proxy("alice.db", "tcp", true);
  private static final HeldProxyRepresentation HTTP = proxy("alice.web", "http", false);

  private static HeldProxyRepresentation proxy(String name, String type, boolean asked) {
    return new HeldProxyRepresentation("lease", name, type, asked, List.of());
  }

  private static KnownSession session(String version, String address, Rung... came) {
    Map<Rung, OffsetDateTime> moments = new EnumMap<>(Rung.class);
    for (Rung rung : came) {
      moments.put(rung, Asked.NOW);
    }
    return HandMadeSessions.session(1, version, address, moments, Map.of());
  }

  private static LadderRepresentation told(
      KnownSession session, HeldProxyRepresentation... proxies) {
    return new Ladder(session, List.of("Kicked."), List.of(proxies)).representation();
  }

  private static RungRepresentation rung(LadderRepresentation ladder, Rung rung) {
    return ladder.rungs().stream()
        .filter(shown -> shown.operation().equals(rung.operation()))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "0.70.1, 203.0.113.7:1, true, true",
    "0.58.0, 203.0.113.7:1, true, true",
    "0.57.0, 203.0.113.7:1, true, false",
    "'', '', true, true",
    "0.70.1, pipe, false, false",
  })
  void saysWhichLinesTurnPingsOn(String version, String address, boolean frps, boolean frpc) {
    RungRepresentation ping = rung(told(session(version, address), TCP), Rung.PING);
    assertFalse(ping.acts());
    assertEquals(frps, ping.says().contains("[[httpPlugins]] must have \"Ping\""), ping.says());
    assertEquals(frpc, ping.says().contains("transport.heartbeatInterval = 30"), ping.says());
  }

  @Test
  void saysWhatAPingDoesWhereTheyCome() {
    LadderRepresentation ladder = told(session("0.70.1", "", Rung.PING), TCP);
    assertTrue(rung(ladder, Rung.PING).acts());
    assertTrue(rung(ladder, Rung.PING).says().contains("close its session"));
    assertTrue(ladder.remains().get(0).contains("until the next Ping"));
  }

  @Test
  void countsAPingOfAnEarlierLoginForNothing() {
    KnownSession session =
        HandMadeSessions.session(
            2, "0.70.1", "", Map.of(Rung.PING, Asked.NOW.minusNanos(1)), Map.of());
    assertFalse(rung(told(session), Rung.PING).acts());
  }

  @Test
  void doesNotSayThatNothingHoldsASessionOffThatWasRefusedSinceItsLogin() {
    for (int later : new int[] {-1, 0, 60}) {
      OffsetDateTime refused = Asked.NOW.plusSeconds(later);
      KnownSession session =
          HandMadeSessions.session(1, "0.70.1", "", Map.of(), Map.of(Rung.NEW_WORK_CONN, refused));
      String says = new Ladder(session, List.of(), List.of()).representation().remains().get(0);
      assertEquals(later < 0, says.startsWith("Nothing holds this session off"), says);
      assertEquals(later >= 0, says.contains("refused at " + refused), says);
    }
  }

  @Test
  void saysWhoseVisitorsComeWithoutAQuestion() {
    KnownSession quiet = session("0.70.1", "");
    assertTrue(rung(told(quiet, TCP), Rung.NEW_USER_CONN).acts());
    assertEquals(1, told(quiet, TCP).remains().size());
    LadderRepresentation mixed = told(quiet, TCP, HTTP);
    assertTrue(rung(mixed, Rung.NEW_USER_CONN).says().contains("from 'alice.db' (tcp)."));
    assertTrue(mixed.remains().get(1).contains("visitors of 'alice.web' (http)"));
    assertFalse(rung(told(quiet, HTTP), Rung.NEW_USER_CONN).acts());
    assertFalse(rung(told(quiet), Rung.NEW_USER_CONN).acts());
  }

  @Test
  void saysThatAKickStandsWhereFrpsShowsNoLogins() {
    KnownSession session = HandMadeSessions.session(0, "", "", Map.of(), Map.of());
    RungRepresentation login = rung(told(session), Rung.LOGIN);
    assertFalse(login.acts());
    assertTrue(login.says().contains("another run id"));
    assertTrue(rung(told(session("0.70.1", "")), Rung.LOGIN).acts());
  }

  @Test
  void tellsWhichRungsHaveActedAndWhen() {
    KnownSession session =
        HandMadeSessions.session(
            1, "0.70.1", "", Map.of(), Map.of(Rung.NEW_USER_CONN, Asked.NOW.plusSeconds(5)));
    LadderRepresentation ladder = told(session, TCP);
    assertEquals(Asked.NOW.plusSeconds(5), rung(ladder, Rung.NEW_USER_CONN).refusedAt());
    assertEquals(null, rung(ladder, Rung.PING).refusedAt());
  }

  @Test
  void saysWhenNothingHoldsTheSessionOff() {
    LadderRepresentation ladder =
        new Ladder(session("0.70.1", ""), List.of(), List.of()).representation();
    assertEquals("Nothing holds this session off at present.", ladder.remains().get(0));
    assertTrue(
        told(session("0.70.1", "")).remains().stream().noneMatch(r -> r.startsWith("Nothing")));
  }
}
