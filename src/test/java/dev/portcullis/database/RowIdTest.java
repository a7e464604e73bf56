package dev.portcullis.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RowIdTest {

  @Test
  void sortsInTheOrderInWhichRowsAreMade() {
    String last = "";
    for (int i = 0; i < 100_000; i++) {
      String id = RowId.next();
      assertTrue(id.compareTo(last) > 0, last + " then " + id);
      last = id;
    }
  }

  @Test
  void neverComesTwiceOnManyThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<List<String>>> futures = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        futures.add(
            threads.submit(
                () -> {
                  List<String> ids = new ArrayList<>();
                  for (int i = 0; i < 25_000; i++) {
                    ids.add(RowId.next());
                  }
                  return ids;
                }));
      }
      Set<String> all = new HashSet<>();
      for (Future<List<String>> future : futures) {
        List<String> ids = future.get();
        assertEquals(ids.stream().sorted().toList(), ids);
        all.addAll(ids);
      }
      assertEquals(100_000, all.size());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void isAUuidOfVersion7() {
    for (int i = 0; i < 10_000; i++) {
      String id = RowId.next();
      assertEquals(36, id.length());
      UUID uuid = UUID.fromString(id);
      assertEquals(id, uuid.toString());
      assertEquals(7, uuid.version());
      assertEquals(2, uuid.variant());
    }
  }

  @Test
  void beginsWithTheTime() {
    long millis = UUID.fromString(RowId.next()).getMostSignificantBits() >>> 16;
    Duration off = Duration.between(Instant.ofEpochMilli(millis), Instant.now()).abs();
    assertTrue(off.compareTo(Duration.ofMinutes(1)) < 0, off.toString());
  }
}
