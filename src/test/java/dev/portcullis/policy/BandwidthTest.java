package dev.portcullis.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BandwidthTest {

  @ParameterizedTest
  @CsvSource({
    "1KB,1024",
    "500KB,512000",
    "1MB,1048576",
    "0.5MB,524288",
    "1.5KB,1536",
    "' 2MB ',2097152",
    "0.001KB,1.024"
  })
  void readsFrpsGrammar(String text, BigDecimal bytes) {
    Bandwidth bandwidth = Bandwidth.parse(text).orElseThrow();
    assertEquals(text.strip(), bandwidth.text());
    assertEquals(0, bytes.compareTo(bandwidth.bytesPerSecond()));
  }

  // frps takes each of them for "no limit"
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "KB",
        "1kb",
        "1Mb",
        "1GB",
        "1 MB",
        "-1MB",
        "+1MB",
        "1e3KB",
        "1,5MB",
        ".5MB",
        "1.MB",
        "1MB/s",
        "0KB",
        "0.0MB",
        "0.0001KB",
        "\u0661MB",
        "1234567890MB"
      })
  void readsNothingElse(String text) {
    assertEquals(Optional.empty(), Bandwidth.parse(text));
  }

  @Test
  void comparesByBytes() {
    Bandwidth mega = Bandwidth.parse("1MB").orElseThrow();
    Bandwidth kilos = Bandwidth.parse("1024KB").orElseThrow();
    Bandwidth less = Bandwidth.parse("1023KB").orElseThrow();
    assertEquals(less, mega.atMost(less));
    assertEquals(less, less.atMost(mega));
    assertEquals(kilos, kilos.atMost(mega));
    assertEquals(mega, mega.atMost(kilos));
  }
}
