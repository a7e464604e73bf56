package dev.portcullis.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnsavedTest {

  @Test
  void doesNotGrowWithoutEndWhileNothingCanBeSaved() {
    Unsaved unsaved = new Unsaved();
    for (int i = 0; i < 2 * Unsaved.MOST; i++) {
      unsaved.add("key" + i);
    }
    Set<String> saved = new HashSet<>();
    unsaved.save(saved::addAll);
    assertEquals(Unsaved.MOST, saved.size());
    unsaved.add("next");
    unsaved.save(saved::addAll);
    assertEquals(Unsaved.MOST + 1, saved.size());
  }
}
