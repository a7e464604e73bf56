package dev.portcullis.reservation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortRangeTest {

  @ParameterizedTest
  @CsvSource({
    "1,1,1",
    "65535,65535,65535",
    "6000,6000,6000",
    "6000-6010,6000,6010",
    "6000-6000,6000,6000",
    "1-65535,1,65535",
    "00080,80,80",
    "' 6000-6010 ',6000,6010"
  })
  void readsAPortOrARange(String text, int first, int last) {
    assertEquals(new PortRange(first, last), PortRange.parse(text));
  }

  @ParameterizedTest
  @CsvSource({"6000,6000", "6000-6010,6000-6010", "6000-6000,6000", "00080-0090,80-90"})
  void writesItInOneWay(String text, String written) {
    assertEquals(written, PortRange.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-",
        "x",
        "6000-",
        "-6000",
        "6000 - 6010",
        "6000,6001",
        "6000-6010-6020",
        "+80",
        "6000.0",
        "123456",
        "6e3",
        "0x50",
        "\u0666\u0660\u0660\u0660",
        "6000\n6001"
      })
  void saysHowToWriteWhatItCantRead(String text) {
    assertEquals(
        "Write a port as 6000, or a range as 6000-6010",
        assertThrows(IllegalArgumentException.class, () -> PortRange.parse(text)).getMessage());
  }

  @ParameterizedTest
  @CsvSource({"0,0-0", "65536,65536-65536", "0-10,0-10", "6010-6000,6010-6000", "1-99999,1-99999"})
  void refusesWhatIsNoRange(String text, String shown) {
    assertEquals(
        shown + " is no range of ports: they go from 1 to 65535, the lower first",
        assertThrows(IllegalArgumentException.class, () -> PortRange.parse(text)).getMessage());
  }

  @Test
  void holdsBothEndsAndWhatIsBetween() {
    PortRange range = new PortRange(6000, 6002);
    assertEquals(false, range.contains(5999));
    assertEquals(true, range.contains(6000));
    assertEquals(true, range.contains(6001));
    assertEquals(true, range.contains(6002));
    assertEquals(false, range.contains(6003));
    assertEquals(false, range.contains(0));
    assertEquals(false, range.contains(-6001));
  }
}
