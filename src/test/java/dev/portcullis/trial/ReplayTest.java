package dev.portcullis.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.audit.DecisionSelection;
import dev.portcullis.database.Moment;
import java.lang.reflect.Field;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayTest {
  private static final DecisionSelection ALL =
      new DecisionSelection(
          OffsetDateTime.parse("2026-11-01T00:00:00Z"),
          OffsetDateTime.parse("2026-11-25T00:00:00Z"),
          "",
          "",
          "");

  private static Replay silentFor(Replay replay, int seconds) throws ReflectiveOperationException {
    for (String name : new String[] {"savedAt", "startedAt"}) {
      Field field = Replay.class.getDeclaredField(name);
      field.setAccessible(true);
      field.set(replay, Moment.text(OffsetDateTime.now(ZoneOffset.UTC).minusSeconds(seconds)));
    }
    return replay;
  }

  @Test
  void isInterruptedWhenItsReplicaHasStoppedSaving() throws Exception {
    Replay replay = new Replay(3, null, ALL, "admin");
    assertEquals("waiting", replay.representation().state());
    replay.run(100);
    assertEquals("running", replay.representation().state());
    assertTrue(replay.isUnderWay());
    assertEquals("running", silentFor(replay, 10).representation().state());
    assertEquals("interrupted", silentFor(replay, 20).representation().state());
    assertFalse(replay.isUnderWay());
    long attempt = replay.attempt();
    replay.startAgain();
    assertEquals("waiting", replay.representation().state());
    assertEquals(attempt + 1, replay.attempt());
    replay.finish();
    assertEquals("done", silentFor(replay, 20).representation().state());
  }

  @Test
  void tellsWhenItWillBeDone() throws Exception {
    Replay replay = new Replay(3, null, ALL, "admin");
    replay.run(1_000);
    assertNull(replay.representation().end());
    silentFor(replay, 10);
    replay.save(
        250, ReplayResults.text(new ReplayResultsRepresentation(250, 0, 0, 0, 0, List.of())));
    OffsetDateTime end = replay.representation().end();
    OffsetDateTime expected = OffsetDateTime.now(ZoneOffset.UTC).plusSeconds(30);
    assertTrue(
        end != null
            && end.isAfter(expected.minusSeconds(5))
            && end.isBefore(expected.plusSeconds(5)),
        () -> end + " instead of " + expected);
    assertEquals(250, replay.representation().done());
    replay.finish();
    assertNull(replay.representation().end());
  }

  @Test
  void selectsWhatItWasMadeFor() {
    assertEquals(ALL, new Replay(3, null, ALL, "admin").selection());
  }
}
