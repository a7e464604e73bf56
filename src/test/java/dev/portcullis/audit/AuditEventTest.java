package dev.portcullis.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.audit.AuditEvent.Kind;
import dev.portcullis.audit.AuditEvent.Outcome;
import jakarta.persistence.Column;
import java.lang.reflect.Field;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuditEventTest {

  @Test
  void tellsWhatItWasGiven() {
    AuditRepresentation event =
        new AuditEvent(Kind.CALL, Outcome.REJECTED, "Login")
            .because("a.b", "why")
            .by("admin")
            .to("alice.web")
            .saying("port 6000")
            .at("frps-1", "f87283c5fd2ed95c")
            .from("203.0.113.7:51234")
            .client("alice", "5c5fcd8e9ca3f1d0")
            .account("alice")
            .proxyType("tcp")
            .decided("7KQ2-M9XB", 3, "{}")
            .representation();
    assertEquals(
        new AuditRepresentation(
            event.id(),
            event.at(),
            Kind.CALL,
            Outcome.REJECTED,
            "a.b",
            "why",
            "admin",
            "Login",
            "alice.web",
            "port 6000",
            "frps-1",
            "alice",
            "alice",
            "5c5fcd8e9ca3f1d0",
            "tcp",
            "203.0.113.7:51234",
            "f87283c5fd2ed95c",
            "7KQ2-M9XB",
            3),
        event);
    assertEquals(36, event.id().length());
    assertEquals(ZoneOffset.UTC, event.at().getOffset());
    assertTrue(
        Duration.between(event.at(), OffsetDateTime.now(ZoneOffset.UTC)).abs().toMinutes() < 1);
    assertEquals(0, event.at().getNano() % 1000, "databases keep microseconds");
  }

  @Test
  void isEmptyTextWhereNothingIsKnown() {
    AuditRepresentation event =
        new AuditEvent(Kind.ADMIN, Outcome.ALLOWED, "node.create")
            .at(null, "id")
            .from(null)
            .representation();
    assertEquals("", event.node());
    assertEquals("", event.clientAddress());
    assertEquals("", event.code());
    assertEquals("", event.reason());
    assertEquals("", event.target());
  }

  @Test
  void fitsItsColumnsHoweverLongTheWordsAre() throws Exception {
    for (String word : new String[] {"x", "\ud83d\ude00", "a\ud83d\ude00", "\u0000\ud83d"}) {
      String text = word.repeat(3000);
      AuditEvent event =
          new AuditEvent(Kind.DECISION, Outcome.ALLOWED, text)
              .because(text, text)
              .by(text)
              .to(text)
              .saying(text)
              .at(text, text)
              .from(text)
              .client(text, text)
              .account(text)
              .proxyType(text);
      int filled = 0;
      for (Field field : AuditEvent.class.getDeclaredFields()) {
        Column column = field.getAnnotation(Column.class);
        if (field.getType() == String.class
            && !Set.of("id", "happenedAt", "decisionId", "facts").contains(field.getName())) {
          field.setAccessible(true);
          String kept = (String) field.get(event);
          assertTrue(
              kept.length() <= column.length() && kept.length() >= column.length() - 1,
              field.getName() + " has " + kept.length());
          assertEquals(kept, new String(kept.getBytes("UTF-8"), "UTF-8"), "half a letter");
          filled++;
        }
      }
      assertEquals(13, filled);
    }
  }

  @Test
  void keepsTheFactsOfADecisionWhole() {
    String facts = "{\"a\":\"" + "x".repeat(10_000) + "\ud83d\"}";
    assertEquals(
        facts.replace('\ud83d', '?'),
        new AuditEvent(Kind.DECISION, Outcome.ALLOWED, "Login")
            .decided("7KQ2-M9XB", 3, facts)
            .recorded()
            .facts());
  }

  @Test
  void takesOutWhatADatabaseCantKeepOrATerminalWouldObey() {
    assertEquals(
        "a?b?c?d?e?f?g?h",
        new AuditEvent(Kind.ADMIN, Outcome.ALLOWED, "x")
            .saying("a\u0000b\nc\u001bd\u007fe\u009bf\ud800g\udc00h")
            .representation()
            .detail());
    assertEquals(
        "m\u00fcller \u4e2d\u6587 \ud83d\ude00",
        new AuditEvent(Kind.ADMIN, Outcome.ALLOWED, "x")
            .saying("m\u00fcller \u4e2d\u6587 \ud83d\ude00")
            .representation()
            .detail());
  }
}
