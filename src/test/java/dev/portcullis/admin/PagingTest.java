package dev.portcullis.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Field;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagingTest {

  @Test
  void tellsWhereTheNextPartBegins() throws Exception {
    Page<Integer> page = page(3, 10);
    assertEquals(List.of(0, 1, 2), page.items());
    assertEquals("2", page.next());
  }

  @Test
  void tellsThatThereIsNoNextPart() throws Exception {
    assertEquals(new Page<>(List.of(0, 1, 2), null), page(3, 3));
    assertEquals(new Page<>(List.of(0, 1), null), page(3, 2));
    assertEquals(new Page<>(List.of(), null), page(3, 0));
  }

  @Test
  void hasFiftyItemsUnlessAskedOtherwise() {
    Page<Integer> page = new Paging().page(PagingTest::items, String::valueOf);
    assertEquals(50, page.items().size());
    assertEquals("49", page.next());
    assertEquals("", new Paging().after());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 501, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void refusesAStrangeLimit(int limit) {
    assertEquals(
        "limit is %d; give 1 to 500".formatted(limit),
        assertThrows(ProblemException.class, () -> page(limit, 1)).getMessage());
  }

  private static Page<Integer> page(int limit, int existing) throws Exception {
    Paging paging = new Paging();
    // what JAX-RS does
    Field field = Paging.class.getDeclaredField("limit");
    field.setAccessible(true);
    field.setInt(paging, limit);
    return paging.page(wanted -> items(Math.min(wanted, existing)), String::valueOf);
  }

  private static List<Integer> items(int count) {
    return IntStream.range(0, count).boxed().toList();
  }
}
