package dev.portcullis.database;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Keys of rows that have changed and are saved by and by, many at a time. Safe for use by many
 * threads.
 */
public final class Unsaved {
  private static final int BATCH = 500;

  /** So many wait while the database is away; of the others it is not known that they changed. */
  static final int MOST = 200_000;

  private final Set<String> keys = ConcurrentHashMap.newKeySet();

  /** Remembers a key; again means nothing more. */
  public void add(String key) {
    if (keys.size() < MOST) {
      keys.add(key);
    }
  }

  /**
   * Saves all keys so far. Those of a batch that fails are kept for the next time.
   *
   * @param save takes up to 500 keys
   * @throws RuntimeException what {@code save} has thrown
   */
  public void save(Consumer<List<String>> save) {
    while (!keys.isEmpty()) {
      List<String> batch = keys.stream().limit(BATCH).toList();
      // before it is saved: a key that comes again meanwhile is saved again
      keys.removeAll(batch);
      boolean saved = false;
      try {
        save.accept(batch);
        saved = true;
      } finally {
        if (!saved) {
          keys.addAll(batch);
        }
      }
    }
  }
}
