package dev.portcullis.condition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionRangeTest {

  @ParameterizedTest
  @CsvSource({
    ">=0.58, 0.58.0, true",
    ">=0.58, 0.57.9, false",
    ">=0.58, 0.100.0, true",
    ">=0.58 <0.70, 0.69.1, true",
    ">=0.58 <0.70, 0.70.0, false",
    ">0.58, 0.58, false",
    "<=0.58, 0.58.0, true",
    "0.58.1, 0.58.1, true",
    "=0.58.1, v0.58.1, true",
    "0.58.1, 0.58.2, false",
    ">=0.58, 0.58.0-dirty, true",
    ">=0.58, '', false",
    "<9, banana, false"
  })
  void contains(String range, String version, boolean expected) {
    assertEquals(expected, VersionRange.of(range).contains(version));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ">=", ">=a", "0.58 -", "~0.58", ">=0.58,<1", "1.2.3.4.5"})
  void refusesWhatIsNoRange(String text) {
    assertThrows(IllegalArgumentException.class, () -> VersionRange.of(text));
  }

  @ParameterizedTest
  @CsvSource({
    ">=0.60 <0.58, true",
    ">0.60 <=0.60.0, true",
    "0.60 0.61, true",
    "<0, true",
    ">=0.60 <=0.60.0, false",
    ">0.60 <0.60.0.1, false",
    "<0.1, false",
    ">=0.58.0 <0.70, false"
  })
  void isEmptyWhereNoVersionCanBeWithin(String range, boolean expected) {
    assertEquals(expected, VersionRange.of(range).isEmpty());
  }
}
