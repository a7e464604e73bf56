package dev.portcullis.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.admin.ProblemException;
import dev.portcullis.decision.Asked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LockEditTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "alice, -, -, -, -, account alice",
        "-, staff, -, -, -, group staff",
        "-, -, 192.0.2.0/24, -, -, address 192.0.2.0/24",
        "-, -, 2001:db8::1, -, -, address 2001:db8::1",
        "-, -, -, alice.*, -, proxy alice.*",
        "-, -, -, alice.web, frps-1, proxy alice.web on frps-1",
        "-, -, -, -, frps-1, node frps-1",
      })
  void isOnOneThing(
      @Nullable String account,
      @Nullable String group,
      @Nullable String address,
      @Nullable String proxy,
      @Nullable String node,
      String what) {
    Lock lock =
        new LockEdit(account, group, address, proxy, node, " No. ", null).lock("op", Asked.NOW);
    assertEquals(what, lock.what());
    LockRepresentation shown = lock.representation();
    assertEquals("No.", shown.message());
    assertEquals(account, shown.account());
    assertEquals(group, shown.group());
    assertEquals(address, shown.address());
    assertEquals(proxy, shown.proxy());
    assertEquals(node, shown.node());
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, -, -, -, -, No., -, Give one of",
        "alice, staff, -, -, -, No., -, Give one of",
        "alice, -, -, -, frps-1, No., -, Give one of",
        "-, -, 192.0.2.0/24, alice.web, -, No., -, Give one of",
        "a.b, -, -, -, -, No., -, account is",
        "-, '', -, -, -, No., -, group is",
        "-, -, 192.0.2.1/24, -, -, No., -, address: '192.0.2.1/24' is no network",
        "-, -, all, -, -, No., -, address: 'all' is no IP address",
        "-, -, 10.0.0.0/00000000000000000000000000000000000000000000000000000000000000008, -, -, No., -, address is no",
        "-, -, -, ${who}.web, -, No., -, proxy: ",
        "-, -, -, -, '', No., -, node is",
        "alice, -, -, -, -, -, -, message has 1 to 400",
        "alice, -, -, -, -, ' ', -, message has 1 to 400",
        "alice, -, -, -, -, 'a\tb', -, message has 1 to 400",
        "alice, -, -, -, -, No., 2026-07-23T12:00:00Z, expiresAt has passed",
        "alice, -, -, -, -, No., tomorrow, expiresAt is not a moment",
      })
  void refuses(
      @Nullable String account,
      @Nullable String group,
      @Nullable String address,
      @Nullable String proxy,
      @Nullable String node,
      @Nullable String message,
      @Nullable String expiresAt,
      String begin) {
    LockEdit edit = new LockEdit(account, group, address, proxy, node, message, expiresAt);
    ProblemException problem =
        assertThrows(ProblemException.class, () -> edit.lock("op", Asked.NOW));
    assertTrue(String.valueOf(problem.getMessage()).startsWith(begin), problem::getMessage);
  }

  @Test
  void endsWhenItSays() {
    Lock lock =
        new LockEdit("alice", null, null, null, null, "No.", "2026-07-23T14:00:01+02:00")
            .lock("op", Asked.NOW);
    assertEquals(Asked.NOW.plusSeconds(1), lock.representation().expiresAt());
  }

  @Test
  void takesNoMessageThatIsTooLong() {
    for (int length : new int[] {400, 401}) {
      LockEdit edit = new LockEdit("alice", null, null, null, null, "x".repeat(length), null);
      if (length == 400) {
        assertEquals(400, edit.lock("op", Asked.NOW).representation().message().length());
      } else {
        assertThrows(ProblemException.class, () -> edit.lock("op", Asked.NOW));
      }
    }
  }
}
