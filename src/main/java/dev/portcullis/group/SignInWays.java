package dev.portcullis.group;

import dev.portcullis.admin.ProblemException;
import dev.portcullis.decision.SignInWay;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Ways to sign in, as administrators write them and a column keeps them. */
public record SignInWays(Set<SignInWay> open) {
  /** Of the column. */
  public static final int LENGTH = 64;

  public SignInWays {
    open = Set.copyOf(open);
  }

  /**
   * What an administrator has written; null for an empty list, which says nothing.
   *
   * @throws ProblemException 400 for a way that there is not
   */
  public static @Nullable SignInWays of(List<String> texts) {
    Set<SignInWay> open = EnumSet.noneOf(SignInWay.class);
    for (String text : texts) {
      open.add(
          Arrays.stream(SignInWay.values())
              .filter(way -> way.text().equals(text))
              .findFirst()
              .orElseThrow(
                  () ->
                      ProblemException.badRequest(
                          "signIn is a list of %s; an empty one says nothing"
                              .formatted(
                                  Arrays.stream(SignInWay.values())
                                      .map(SignInWay::text)
                                      .collect(Collectors.joining(", "))))));
    }
    return open.isEmpty() ? null : new SignInWays(open);
  }

  /** What a column holds; null for null. */
  public static @Nullable SignInWays ofColumn(@Nullable String column) {
    return column == null ? null : of(List.of(column.split(",", -1)));
  }

  /** For a column. */
  public String column() {
    return String.join(",", texts());
  }

  /** For the admin API. */
  public List<String> texts() {
    return open.stream().sorted().map(SignInWay::text).toList();
  }
}
