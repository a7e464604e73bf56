package dev.portcullis.reservation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainNameTest {
  private static final String LABEL_63 = "a".repeat(63);
  private static final String NAME_253 =
      LABEL_63 + "." + LABEL_63 + "." + LABEL_63 + "." + "a".repeat(61);

  static Stream<String> good() {
    return Stream.of(
        "a",
        "localhost",
        "example.com",
        "a.b.c.d.e.f",
        "xn--mller-kva.example.com",
        "a-b.example.com",
        "a--b.example.com",
        "1.example.com",
        "127.0.0.1",
        "*.a",
        "*.example.com",
        LABEL_63 + ".com",
        NAME_253,
        "*." + NAME_253.substring(2));
  }

  @ParameterizedTest
  @MethodSource("good")
  void takesADomain(String text) {
    assertEquals(text, new DomainName(text).text());
    assertEquals(text, new DomainName(text).toString());
    assertEquals(text.startsWith("*."), new DomainName(text).isWildcard());
  }

  static Stream<String> malformed() {
    return Stream.of(
        "",
        " ",
        ".",
        "..",
        "*",
        "*.",
        ".com",
        "com.",
        "example.com.",
        "a..b",
        "-a.com",
        "a-.com",
        "a.-b",
        "*a.com",
        "a*.com",
        "a.*.com",
        "*.*.com",
        "**.com",
        "a.*",
        "a_b.com",
        "_dmarc.example.com",
        "m\u00fcller.example.com",
        "a b.com",
        " a.com",
        "a.com ",
        "a.com\n",
        "a.com\u0000",
        "a.com:80",
        "http://a.com",
        "a.com/",
        "a,b.com",
        "[::1]",
        "a\u3002com",
        // not what a lower-case i would be in frps
        "\u0130.example.com",
        LABEL_63 + "a.com",
        NAME_253 + "a",
        "*." + NAME_253.substring(1));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void refusesWhatIsNoDomain(String text) {
    assertEquals(
        "it is no domain name: letters, digits, hyphens and dots (punycode for others), at most"
            + " one '*.' in front, no port and no dot at the end",
        assertThrows(IllegalArgumentException.class, () -> new DomainName(text)).getMessage());
  }

  @Test
  void refusesALongTextAtOnce() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () ->
            assertThrows(
                IllegalArgumentException.class, () -> new DomainName("a.".repeat(1 << 19) + "!")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"EXAMPLE.com", "Example.Com", "eXAMPLE.COM"})
  void isWrittenInLowerCase(String text) {
    assertEquals(new DomainName("example.com"), new DomainName(text));
  }

  @ParameterizedTest
  @CsvSource({
    "example.com,example.com,true",
    "example.com,EXAMPLE.COM,true",
    "EXAMPLE.com,example.COM,true",
    "example.com,a.example.com,false",
    "example.com,example.co,false",
    "example.com,xexample.com,false",
    "example.com,com,false",
    "example.com,*.example.com,false",
    "*.example.com,example.com,false",
    "*.example.com,a.example.com,true",
    "*.example.com,A.Example.Com,true",
    "*.example.com,a.b.example.com,true",
    "*.example.com,a.b.c.d.e.example.com,true",
    "*.example.com,xexample.com,false",
    "*.example.com,a.xexample.com,false",
    "*.example.com,*.example.com,true",
    "*.example.com,*.a.example.com,true",
    "*.example.com,*.a.b.example.com,true",
    "*.example.com,*.com,false",
    "*.example.com,*.xexample.com,false",
    "*.a.example.com,a.example.com,false",
    "*.a.example.com,b.example.com,false",
    "*.a.example.com,b.a.example.com,true",
    "*.com,example.com,true",
    "*.com,a.example.com,true",
    "*.com,com,false",
    "*.com,a.com.de,false"
  })
  void ownsItselfAndWithAWildcardAllBelow(String own, String asked, boolean covered) {
    assertEquals(covered, new DomainName(own).covers(new DomainName(asked)));
  }
}
