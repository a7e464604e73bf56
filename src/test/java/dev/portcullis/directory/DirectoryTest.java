package dev.portcullis.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.directory.DirectoryAnswer.Known;
import dev.portcullis.directory.DirectoryAnswer.Refused;
import dev.portcullis.directory.DirectoryAnswer.Unavailable;
import dev.portcullis.secret.Secrets;
import dev.portcullis.settings.Given;
import dev.portcullis.settings.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DirectoryTest {
  private final List<String> asked = new ArrayList<>();
  private final Map<String, DirectoryAnswer> answers =
      new HashMap<>(Map.of("alice/right", new Known(Set.of("staff"))));
  private final Settings settings = Given.settings();
  private final Directory directory = directory(settings, this::answer);

  private static Directory directory(Settings settings, @Nullable PasswordCheck check) {
    return new Directory(settings, new Secrets(settings), check);
  }

  private DirectoryAnswer answer(String name, String password) {
    String question = name + "/" + password;
    asked.add(question);
    return answers.getOrDefault(question, new Refused());
  }

  @Test
  void tellsTheGroupsOfWhoeverIsKnown() {
    assertTrue(directory.isConfigured());
    assertEquals(new Known(Set.of("staff")), directory.check("alice", "right"));
    assertEquals(new Refused(), directory.check("alice", "wrong"));
  }

  @Test
  void remembersWhoWasRight() {
    directory.check("alice", "right");
    assertEquals(new Known(Set.of("staff")), directory.check("alice", "right"));
    assertEquals(List.of("alice/right"), asked);
  }

  @Test
  void asksAboutAnotherPasswordOfARememberedName() {
    directory.check("alice", "right");
    assertEquals(new Refused(), directory.check("alice", "wrong"));
    assertEquals(new Refused(), directory.check("bob", "right"));
    assertEquals(List.of("alice/right", "alice/wrong", "bob/right"), asked);
  }

  @Test
  void forgetsAPasswordWhenANewOneIsRight() {
    directory.check("alice", "right");
    answers.clear();
    answers.put("alice/new", new Known(Set.of()));
    assertEquals(new Known(Set.of()), directory.check("alice", "new"));
    assertEquals(new Refused(), directory.check("alice", "right"));
  }

  @Test
  void doesNotRememberWhoWasWrong() {
    directory.check("alice", "later");
    answers.put("alice/later", new Known(Set.of()));
    assertEquals(new Known(Set.of()), directory.check("alice", "later"));
  }

  @Test
  void doesNotRememberThatNobodyCouldSay() {
    answers.put("alice/right", new Unavailable("away"));
    assertEquals(new Unavailable("away"), directory.check("alice", "right"));
    answers.put("alice/right", new Known(Set.of()));
    assertEquals(new Known(Set.of()), directory.check("alice", "right"));
  }

  @Test
  void asksEachTimeWithoutAMemory() {
    Directory forgetful =
        directory(Given.settings(Map.of("portcullis.password-memory", "PT0S")), this::answer);
    forgetful.check("alice", "right");
    forgetful.check("alice", "right");
    assertEquals(List.of("alice/right", "alice/right"), asked);
  }

  @Test
  void asksAgainWhenTheMemoryIsOld() throws Exception {
    Directory forgetful =
        directory(Given.settings(Map.of("portcullis.password-memory", "PT0.05S")), this::answer);
    forgetful.check("alice", "right");
    TimeUnit.MILLISECONDS.sleep(60);
    forgetful.check("alice", "right");
    assertEquals(List.of("alice/right", "alice/right"), asked);
  }

  @Test
  void tellsNameAndPasswordApartInItsMemory() {
    answers.put("ab/c", new Known(Set.of()));
    directory.check("ab", "c");
    assertEquals(new Refused(), directory.check("a", "bc"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t", "a\0", "a\nb", "\u0007", "a\u0085", "TOO LONG"})
  void refusesWhatIsNoNameOrPasswordWithoutAsking(String text) {
    String bad = text.equals("TOO LONG") ? "x".repeat(1025) : text;
    assertEquals(new Refused(), directory.check(bad, "right"));
    assertEquals(new Refused(), directory.check("alice", bad));
    assertEquals(List.of(), asked);
  }

  @Test
  void knowsNobodyWhenNoneIsSet() {
    Directory none = directory(settings, null);
    assertFalse(none.isConfigured());
    assertInstanceOf(Unavailable.class, none.check("alice", "right"));
  }

  @Test
  void saysNothingOfAnErrorButItsKind() {
    Directory failing =
        directory(
            settings,
            (name, password) -> {
              throw new IllegalStateException("with " + password);
            });
    assertEquals(
        new Unavailable("The directory's client failed with java.lang.IllegalStateException"),
        failing.check("alice", "a secret"));
  }

  @Test
  void letsFewAskAtOnceAndTellsTheRestToTryAgain() throws Exception {
    CountDownLatch away = new CountDownLatch(1);
    CountDownLatch eight = new CountDownLatch(8);
    Directory hanging =
        directory(
            settings,
            (name, password) -> {
              eight.countDown();
              try {
                away.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return new Known(Set.of());
            });
    ExecutorService clients = Executors.newFixedThreadPool(16);
    try {
      List<Future<DirectoryAnswer>> first = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String name = "user" + i;
        first.add(clients.submit(() -> hanging.check(name, "right")));
      }
      eight.await();
      List<Future<DirectoryAnswer>> waiting = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        waiting.add(clients.submit(() -> hanging.check("another", "right")));
      }
      Unavailable full = new Unavailable("Too many passwords are being checked at once");
      for (Future<DirectoryAnswer> refused : waiting) {
        assertEquals(full, refused.get());
      }
      long start = System.nanoTime();
      assertEquals(full, hanging.check("another", "right"));
      assertTrue(System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(700));
      away.countDown();
      for (Future<DirectoryAnswer> answer : first) {
        assertEquals(new Known(Set.of()), answer.get());
      }
      assertEquals(new Known(Set.of()), hanging.check("another", "right"));
    } finally {
      away.countDown();
      clients.shutdownNow();
    }
  }

  @Test
  void asksOnceForClientsOfOneUserThatComeTogether() throws Exception {
    CountDownLatch away = new CountDownLatch(1);
    Settings one =
        Given.settings(Map.of("portcullis.workers", "4", "portcullis.answer-budget", "PT60S"));
    Directory slow =
        directory(
            one,
            (name, password) -> {
              try {
                away.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return answer(name, password);
            });
    ExecutorService clients = Executors.newFixedThreadPool(2);
    try {
      Future<DirectoryAnswer> first = clients.submit(() -> slow.check("alice", "right"));
      Future<DirectoryAnswer> second = clients.submit(() -> slow.check("alice", "right"));
      away.countDown();
      assertEquals(new Known(Set.of("staff")), first.get());
      assertEquals(new Known(Set.of("staff")), second.get());
      assertEquals(List.of("alice/right"), asked);
    } finally {
      clients.shutdownNow();
    }
  }
}
