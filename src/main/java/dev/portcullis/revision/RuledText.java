package dev.portcullis.revision;

import dev.portcullis.condition.PortSet;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What rules allow, in reasons: not more than fits a line. */
final class RuledText {
  private static final int MOST = 8;

  // each is judged by itself, for somebody who may ask again and again
  private static final int PORTS_LOOKED_AT = 1_000;

  private RuledText() {}

  static Optional<String> of(Stream<String> texts) {
    List<String> first = texts.limit(MOST + 1).toList();
    return first.isEmpty() ? Optional.empty() : Optional.of(text(first, first.size() > MOST));
  }

  static Optional<String> ofPorts(IntStream ports) {
    List<String> first = ports.limit(PORTS_LOOKED_AT + 1).mapToObj(Integer::toString).toList();
    if (first.isEmpty()) {
      return Optional.empty();
    }
    boolean more = first.size() > PORTS_LOOKED_AT;
    List<String> ranges =
        Arrays.asList(
            PortSet.of(first.subList(0, Math.min(first.size(), PORTS_LOOKED_AT)))
                .toString()
                .split(", ", -1));
    return Optional.of(text(ranges, more || ranges.size() > MOST));
  }

  private static String text(List<String> all, boolean more) {
    return all.stream().limit(MOST).collect(Collectors.joining(", ")) + (more ? ", ..." : "");
  }
}
