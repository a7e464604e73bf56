package dev.portcullis.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example of the documentation is a document without a finding, whose tests hold. */
class PolicyExamplesTest {
  private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  static Stream<String> examples() throws IOException {
    return EXAMPLE
        .matcher(Files.readString(Path.of("src/docs/policy.md")))
        .results()
        .map((MatchResult found) -> found.group(1));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void holds(String example) {
    PolicyCompiler.Result result =
        PolicyCompiler.compile(example, OffsetDateTime.parse("2026-11-25T12:00:00Z"));
    assertEquals(List.of(), result.findings());
    assertTrue(
        result.policy().orElseThrow().document().tests().size() > 0, "an example without a test");
  }

  @Test
  void areAllThere() throws IOException {
    assertTrue(examples().count() >= 9, "the examples are not found");
  }
}
