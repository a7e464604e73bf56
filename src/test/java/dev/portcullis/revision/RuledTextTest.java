package dev.portcullis.revision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RuledTextTest {
  @Test
  void tellsPortsAsRangesAndNotTooMany() {
    assertEquals(Optional.empty(), RuledText.ofPorts(IntStream.empty()));
    assertEquals(
        Optional.of("22, 6000-6010"),
        RuledText.ofPorts(IntStream.concat(IntStream.of(22), IntStream.rangeClosed(6000, 6010))));
    assertEquals(Optional.of("1-1000, ..."), RuledText.ofPorts(IntStream.rangeClosed(1, 65_535)));
    assertEquals(
        Optional.of("2, 4, 6, 8, 10, 12, 14, 16, ..."),
        RuledText.ofPorts(IntStream.rangeClosed(1, 100).map(port -> 2 * port)));
  }

  @Test
  void tellsNamesAndNotTooMany() {
    assertEquals(Optional.empty(), RuledText.of(Stream.empty()));
    assertEquals(Optional.of("a, b"), RuledText.of(Stream.of("a", "b")));
    assertEquals(
        Optional.of("0, 1, 2, 3, 4, 5, 6, 7, ..."),
        RuledText.of(IntStream.range(0, 9).mapToObj(Integer::toString)));
  }
}
