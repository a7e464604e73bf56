package dev.portcullis.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.decision.Asked;
import dev.portcullis.settings.Given;
import dev.portcullis.settings.ReservationSettings;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DomainClaimTest {
  private static final ReservationSettings SETTINGS = Given.settings().reservation();
  private static final String TEXT = "portcullis=abc";
  private static final TxtAnswer FOUND = new TxtAnswer.Found(List.of("v=spf1 -all", TEXT));
  private static final TxtAnswer OTHER = new TxtAnswer.Found(List.of("portcullis=abd", TEXT + "d"));
  private static final TxtAnswer ABSENT = new TxtAnswer.Absent();
  private static final TxtAnswer FAILED = new TxtAnswer.Failed("SERVFAIL");

  private final DomainClaim claim =
      new DomainClaim("alice-id", "alice", "shop.example.com", Asked.NOW);
  private OffsetDateTime now = Asked.NOW;

  private void take(TxtAnswer answer, Duration later) {
    now = now.plus(later);
    claim.take(answer, TEXT, false, SETTINGS, now);
  }

  @Test
  void isProvedByItsOwnTextAmongOthersAndByNoOther() {
    take(OTHER, Duration.ZERO);
    assertEquals(ProofState.PENDING, claim.state());
    take(ABSENT, Duration.ZERO);
    assertEquals(ProofState.PENDING, claim.state());
    take(FOUND, Duration.ZERO);
    assertEquals(ProofState.PROVED, claim.state());
    assertEquals(now.plusDays(1), claim.nextCheckAt());
  }

  @Test
  void isLostOnlyWhenItsRecordIsGoneForTheGrace() {
    take(FOUND, Duration.ZERO);
    take(ABSENT, Duration.ofDays(1));
    assertEquals(ProofState.MISSING, claim.state());
    assertTrue(claim.state().holds());
    assertEquals(now.plusHours(1), claim.nextCheckAt());
    take(OTHER, Duration.ofDays(6));
    assertEquals(ProofState.MISSING, claim.state());
    take(FOUND, Duration.ofHours(1));
    assertEquals(ProofState.PROVED, claim.state());
    take(ABSENT, Duration.ofDays(1));
    take(ABSENT, Duration.ofDays(7));
    assertEquals(ProofState.LOST, claim.state());
    assertFalse(claim.state().holds());
    take(FOUND, Duration.ofDays(1));
    assertEquals(ProofState.PROVED, claim.state());
  }

  @Test
  void isNotLostToAResolverThatFailsUnlessItsRecordWasGoneBefore() {
    take(FAILED, Duration.ZERO);
    assertEquals(ProofState.PENDING, claim.state());
    take(FOUND, Duration.ZERO);
    for (int day = 0; day < 400; day++) {
      take(FAILED, Duration.ofDays(1));
      assertEquals(ProofState.PROVED, claim.state());
    }
    take(ABSENT, Duration.ofDays(1));
    take(FAILED, Duration.ofDays(6));
    assertEquals(ProofState.MISSING, claim.state());
    take(FAILED, Duration.ofDays(1));
    assertEquals(ProofState.LOST, claim.state());
  }

  @Test
  void doesNotTakeADomainThatAnotherHasProved() {
    claim.take(FOUND, TEXT, true, SETTINGS, now);
    assertEquals(ProofState.PENDING, claim.state());
    assertTrue(note().contains("another account has proved this domain"), note());
    take(FOUND, Duration.ZERO);
    assertEquals(ProofState.PROVED, claim.state());
    assertEquals("", note());
  }

  private String note() {
    return claim.representation(new Challenge("host", "text")).note();
  }

  @Test
  void isLookedUpSeldomWhenNobodyProvesItAndNeverLessThanAProvedOne() {
    take(ABSENT, Duration.ZERO);
    assertEquals(now.plusMinutes(5), claim.nextCheckAt());
    take(ABSENT, Duration.ofHours(10));
    assertEquals(now.plusHours(1), claim.nextCheckAt());
    take(ABSENT, Duration.ofDays(90));
    assertEquals(now.plusDays(1), claim.nextCheckAt());
  }

  /** Beside a naive reading of the rule, over the whole history. */
  @Test
  void holdsExactlyAsLongAsTheRuleSaysWhateverComes() {
    Random random = new Random(20261125);
    for (int round = 0; round < 500; round++) {
      DomainClaim any = new DomainClaim("id", "alice", "a.b", Asked.NOW);
      OffsetDateTime at = Asked.NOW;
      boolean holds = false;
      OffsetDateTime goneSince = null;
      for (int step = 0; step < 30; step++) {
        at = at.plusHours(random.nextInt(72));
        TxtAnswer answer = List.of(FOUND, ABSENT, FAILED, OTHER, ABSENT).get(random.nextInt(5));
        any.take(answer, TEXT, false, SETTINGS, at);
        if (answer.equals(FOUND)) {
          holds = true;
          goneSince = null;
        } else if (!answer.equals(FAILED) && goneSince == null) {
          goneSince = at;
        }
        holds &= goneSince == null || goneSince.plusDays(7).isAfter(at);
        if (!holds) {
          goneSince = null;
        }
        assertEquals(holds, any.state().holds());
      }
    }
  }
}
