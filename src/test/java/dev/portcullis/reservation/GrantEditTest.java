package dev.portcullis.reservation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.admin.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrantEditTest {
  private static final String EXAMPLE =
      "Give a grant as {\"kind\":\"tcp-port\",\"value\":\"6000-6010\"}; kinds are tcp-port,"
          + " udp-port, domain, subdomain, proxy-type, proxy-name";

  @Test
  void hasAWordForEveryKind() {
    assertEquals(
        List.of("tcp-port", "udp-port", "domain", "subdomain", "proxy-type", "proxy-name"),
        Arrays.stream(GrantKind.values()).map(GrantKind::word).toList());
    for (GrantKind kind : GrantKind.values()) {
      assertEquals(Optional.of(kind), GrantKind.of(kind.word()));
    }
    assertEquals(Optional.empty(), GrantKind.of("TCP_PORT"));
    assertEquals(Optional.empty(), GrantKind.of("Tcp-Port"));
    assertEquals(Optional.empty(), GrantKind.of(""));
  }

  @ParameterizedTest
  @CsvSource({
    "tcp-port,06000,6000",
    "udp-port,' 6000-6000 ',6000",
    "tcp-port,1-65535,1-65535",
    "domain,' App.Example.COM ',app.example.com",
    "domain,*.Example.com,*.example.com",
    "subdomain,' Alice-* ',alice-*",
    "subdomain,*,*",
    "subdomain,a,a",
    "proxy-type,' stcp ',stcp",
    "proxy-name,' Web-* ',Web-*"
  })
  void writesAValueInOneWay(String kind, String value, String written) {
    Grant grant = new GrantEdit(kind, value, null).grantFor("account-id");
    assertEquals("account-id", grant.accountId());
    assertEquals(kind, grant.kind().word());
    assertEquals(written, grant.value());
    assertEquals(written, grant.representation().value());
    assertEquals(kind, grant.representation().kind());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tcp-port|x|Write a port as 6000, or a range as 6000-6010",
        "udp-port|0|0-0 is no range of ports: they go from 1 to 65535, the lower first",
        "domain|a_b|it is no domain name: letters, digits, hyphens and dots (punycode for others), at most one '*.' in front, no port and no dot at the end",
        "subdomain|a.b|Write a subdomain as one label of letters, digits and hyphens, with * for any letters",
        "subdomain|-a|Write a subdomain as one label of letters, digits and hyphens, with * for any letters",
        "proxy-type|TCP|Write one of frp's proxy types: tcp, udp, http, https, tcpmux, stcp, xtcp, sudp",
        "proxy-type|plugin|Write one of frp's proxy types: tcp, udp, http, https, tcpmux, stcp, xtcp, sudp"
      })
  void saysWhatIsWrongWithAValue(String kind, String value, String sentence) {
    assertEquals("%s '%s': %s".formatted(kind, value, sentence), problem(kind, value));
  }

  @Test
  void refusesAnEmptyName() {
    assertEquals(
        "proxy-name ' ': Write a name of 1 to 200 letters, with * for any letters",
        problem("proxy-name", " "));
  }

  @Test
  void refusesALongSubdomain() {
    assertEquals("a".repeat(63), GrantKind.SUBDOMAIN.normalize("a".repeat(63)));
    problem("subdomain", "a".repeat(64));
  }

  @Test
  void showsHowToGiveAGrant() {
    assertEquals(EXAMPLE, problem(null, "6000"));
    assertEquals(EXAMPLE, problem("tcp-port", null));
    assertEquals(EXAMPLE, problem("port", "6000"));
    assertEquals(EXAMPLE, GrantEdit.EXAMPLE);
  }

  @Test
  void makesOnlyPortsExclusiveAndNotTooMany() {
    assertTrue(new GrantEdit("tcp-port", "6000-6999", true).grantFor("id").exclusive());
    assertFalse(new GrantEdit("tcp-port", "6000-6999", false).grantFor("id").exclusive());
    for (GrantEdit wrong :
        List.of(
            new GrantEdit("domain", "a.b", true),
            new GrantEdit("proxy-type", "stcp", true),
            new GrantEdit("udp-port", "6000-7000", true))) {
      assertThrows(ProblemException.class, () -> wrong.grantFor("id"));
    }
  }

  private static String problem(@Nullable String kind, @Nullable String value) {
    GrantEdit edit = new GrantEdit(kind, value, null);
    return String.valueOf(
        assertThrows(ProblemException.class, () -> edit.grantFor("account-id")).getMessage());
  }
}
