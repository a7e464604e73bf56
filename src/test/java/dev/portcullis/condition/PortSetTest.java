package dev.portcullis.condition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortSetTest {
  private final Random random = new Random(7);

  private static BitSet brute(List<String> texts) {
    BitSet ports = new BitSet();
    for (String text : texts) {
      String[] ends = text.split("-", -1);
      ports.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
    }
    return ports;
  }

  private List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (int i = random.nextInt(8); i > 0; i--) {
      int first = 1 + random.nextInt(300);
      texts.add(random.nextBoolean() ? "" + first : first + "-" + (first + random.nextInt(40)));
    }
    return texts;
  }

  @Test
  void holdsWhatABitPerPortHolds() {
    for (int round = 0; round < 500; round++) {
      List<String> texts = texts();
      PortSet set = PortSet.of(texts);
      BitSet expected = brute(texts);
      for (int port = 0; port < 400; port++) {
        assertEquals(expected.get(port), set.contains(port), texts + " and " + port);
      }
      assertEquals(expected.cardinality(), set.size());
      assertEquals(expected.isEmpty(), set.isEmpty());
      assertEquals(expected.stream().boxed().toList(), set.ports().boxed().toList());
      List<String> others = texts();
      PortSet other = PortSet.of(others);
      assertEquals(expected.intersects(brute(others)), set.overlaps(other));
      BitSet either = brute(others);
      either.or(expected);
      assertEquals(
          either.stream().boxed().toList(),
          PortSet.union(List.of(set, other)).ports().boxed().toList());
      assertEquals(
          expected.stream().map(port -> port / 16).distinct().boxed().toList(),
          set.blocks(16).boxed().toList());
      BitSet missing = brute(others);
      missing.andNot(expected);
      assertEquals(missing.isEmpty(), set.containsAll(other), texts + " and " + others);
    }
  }

  @Test
  void writesRangesThatTouchAsOne() {
    assertEquals("1, 3-9, 11", PortSet.of(List.of("6-9", "3-5", "11", "1", "4")).toString());
    assertEquals("1-65535", PortSet.of(List.of("1-65535")).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "9-1", "", "-1", "a", "1-", "1-2-3", "123456", "٣"})
  void refusesWhatIsNoPort(String text) {
    assertThrows(IllegalArgumentException.class, () -> PortSet.of(List.of(text)));
  }

  @Test
  void isEqualToOneOfTheSamePortsHoweverTheyAreWritten() {
    PortSet set = PortSet.of(List.of("1-3", "5"));
    PortSet same = PortSet.of(List.of("5", "1", "2-3"));
    assertEquals(set, same);
    assertEquals(set.hashCode(), same.hashCode());
    assertNotEquals(set, PortSet.of(List.of("1-3", "6")));
  }
}
