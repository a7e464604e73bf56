package dev.portcullis.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.decision.Asked;
import dev.portcullis.operation.ClientSpec;
import dev.portcullis.operation.Login;
import jakarta.persistence.Column;
import java.lang.reflect.Field;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientSessionTest {

  @Test
  void countsLoginsAndTellsOfTheLastOne() {
    ClientSession session = new ClientSession(Asked.RUN_ID, Asked.ALICE, Asked.NODE);
    assertEquals(0, session.generation());
    session.login(Asked.login(Map.of()), Asked.NODE);
    long first = session.generation();
    session.login(Asked.login(Map.of()), Asked.NODE);
    SessionRepresentation shown = session.representation();
    assertEquals(first + 1, shown.generation());
    assertEquals(Asked.RUN_ID, shown.runId());
    assertEquals("alice", shown.account());
    assertEquals("0.70.1", shown.clientVersion());
    assertEquals("linux", shown.os());
    assertEquals("amd64", shown.arch());
    assertEquals("host", shown.hostname());
    assertEquals("203.0.113.7:51234", shown.clientAddress());
  }

  @Test
  void beginsAfterAllLoginsOfASessionThatWasForgotten() {
    ClientSession before = new ClientSession(Asked.RUN_ID, Asked.ALICE, Asked.NODE);
    long since = Instant.now().getEpochSecond();
    before.login(Asked.login(Map.of()), Asked.NODE);
    assertTrue(before.generation() >= since, "no earlier than " + since);
    assertTrue(before.generation() <= Instant.now().getEpochSecond());
  }

  @Test
  void fitsItsColumnsHoweverMuchAClientSays() throws Exception {
    for (String word : new String[] {"x", "\ud83d\ude00", "a\ud83d\ude00", "\u0000"}) {
      String text = word.repeat(500);
      ClientSession session = new ClientSession(Asked.RUN_ID, Asked.ALICE, Asked.NODE);
      session.login(
          new Login(
              text,
              text,
              text,
              text,
              "alice",
              Asked.RUN_ID,
              Map.of(),
              1,
              text,
              "",
              ClientSpec.NONE),
          Asked.NODE);
      for (Field field : ClientSession.class.getDeclaredFields()) {
        if (field.getType() == String.class) {
          field.setAccessible(true);
          String kept = (String) field.get(session);
          if (kept == null) {
            // a moment that there has not been
            continue;
          }
          // H2 counts a letter beyond the basic plane twice
          assertTrue(
              kept.length() <= field.getAnnotation(Column.class).length(),
              field.getName() + " has " + kept.length());
          assertEquals(kept, new String(kept.getBytes("UTF-8"), "UTF-8"), "half a letter");
          assertTrue(kept.indexOf('\0') < 0, "PostgreSQL keeps no NUL");
        }
      }
    }
  }
}
