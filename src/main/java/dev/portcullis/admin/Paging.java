package dev.portcullis.admin;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Which part of a list is asked for: {@code ?after=KEY&limit=N}. */
public class Paging {
  private static final int MOST = 500;

  @QueryParam("after")
  @DefaultValue("")
  private String after = "";

  @QueryParam("limit")
  @DefaultValue("50")
  private int limit = 50;

  /** The key behind which the part begins; empty for the first. */
  public String after() {
    return after;
  }

  /**
   * Fetches the part.
   *
   * @param fetch gives up to so many items behind {@link #after()}, in the order of the key
   * @param key the key of an item
   * @throws ProblemException 400 for a limit out of range
   */
  public <T> Page<T> page(IntFunction<List<T>> fetch, Function<T, String> key) {
    if (limit < 1 || limit > MOST) {
      throw ProblemException.badRequest("limit is %d; give 1 to %d".formatted(limit, MOST));
    }
    List<T> items = fetch.apply(limit + 1);
    return items.size() <= limit
        ? new Page<>(items, null)
        : new Page<>(items.subList(0, limit), key.apply(items.get(limit - 1)));
  }
}
