package dev.portcullis.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrossOriginTest {
  private static final String HOST = "frp.example.com:8443";

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // no browser
        "-, -, true",
        "'', '', true",
        // a browser says where it comes from, and is believed before any origin
        "same-origin, -, true",
        "none, -, true",
        "same-origin, https://evil.example, true",
        "same-site, https://frp.example.com:8443, false",
        "cross-site, -, false",
        "cross-site, https://frp.example.com:8443, false",
        "Same-Origin, -, false",
        // an older browser
        "-, https://frp.example.com:8443, true",
        "-, https://FRP.example.com:8443, true",
        "-, https://frp.example.com, false",
        "-, https://frp.example.com:8443.evil.example, false",
        "-, https://evil.example, false",
        "-, null, false",
        "-, '%', false"
      })
  void knowsWhatAnotherSiteHasSent(String site, String origin, boolean harmless) {
    for (String method : new String[] {"POST", "PUT", "PATCH", "DELETE", "PURGE", "post"}) {
      assertEquals(harmless, CrossOrigin.isHarmless(method, site, origin, HOST), method);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
  void letsEverybodyRead(String method) {
    assertTrue(CrossOrigin.isHarmless(method, "cross-site", "https://evil.example", HOST));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://frp.example.com", "null"})
  void refusesAnOriginWhereNoHostIsGiven(String origin) {
    assertEquals(false, CrossOrigin.isHarmless("POST", null, origin, null));
  }
}
