package dev.portcullis.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A node of a document (YAML 1.2, core schema) that is read as what it should be. What is wrong
 * with it is a finding with its place, and is read as if it were not there.
 */
final class DocumentNode {
  private static final int DEEPEST = 20;
  private static final int MOST_FINDINGS = 100;

  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setLabel("policy").setCodePointLimit(4_000_000).build();

  private final Node node;
  private final List<Finding> findings;

  private DocumentNode(Node node, List<Finding> findings) {
    this.node = node;
    this.findings = findings;
  }

  /** The root; empty, with a finding, where the text is no YAML or says nothing. */
  static Optional<DocumentNode> root(String text, List<Finding> findings) {
    try {
      Optional<Finding> tooDeep = tooDeep(text);
      if (tooDeep.isPresent()) {
        findings.add(tooDeep.get());
        return Optional.empty();
      }
      Optional<Node> node = new Compose(SETTINGS).composeString(text);
      if (node.isEmpty()) {
        findings.add(error(Optional.empty(), "The document is empty; write at least rules: []"));
      }
      return node.map(found -> new DocumentNode(found, findings));
    } catch (MarkedYamlEngineException e) {
      findings.add(error(e.getProblemMark(), YamlMistake.sentence(text, e)));
    } catch (ReaderException e) {
      int line = (int) text.codePoints().limit(e.getPosition()).filter(c -> c == '\n').count() + 1;
      findings.add(
          new Finding(
              Finding.Level.ERROR,
              line,
              1,
              "There is a letter that can't be seen, U+%04X; take it out"
                  .formatted(e.getCodePoint())));
    } catch (YamlEngineException e) {
      findings.add(error(Optional.empty(), "This is no YAML: " + e.getMessage()));
    }
    return Optional.empty();
  }

  /** What holds too much in one another would end the composer by its stack. */
  private static Optional<Finding> tooDeep(String text) {
    int depth = 0;
    for (Event event : new Parse(SETTINGS).parseString(text)) {
      if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
        return Optional.of(
            error(
                event.getStartMark(),
                "There is too much in one another; a document is at most %d deep"
                    .formatted(DEEPEST)));
      }
      if (event instanceof CollectionEndEvent) {
        depth--;
      }
    }
    return Optional.empty();
  }

  private static Finding error(Optional<Mark> mark, String message) {
    return finding(Finding.Level.ERROR, mark, message);
  }

  private static Finding finding(Finding.Level level, Optional<Mark> mark, String message) {
    return new Finding(
        level,
        mark.map(place -> place.getLine() + 1).orElse(0),
        mark.map(place -> place.getColumn() + 1).orElse(0),
        message);
  }

  int line() {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }

  int column() {
    return node.getStartMark().map(mark -> mark.getColumn() + 1).orElse(0);
  }

  void complain(String message) {
    Finding finding = error(node.getStartMark(), message);
    if (findings.size() < MOST_FINDINGS && !findings.contains(finding)) {
      findings.add(finding);
    }
  }

  boolean isMapping() {
    return node instanceof MappingNode;
  }

  /**
   * The members of a mapping by name.
   *
   * @param allowed the names there are; none for any
   */
  Map<String, DocumentNode> members(String... allowed) {
    if (!(node instanceof MappingNode mapping) || node.isRecursive()) {
      complain(
          allowed.length == 0
              ? "Write members here, as name: value"
              : "Write members here: " + String.join(", ", allowed));
      return Map.of();
    }
    Map<String, DocumentNode> members = new HashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      DocumentNode key = new DocumentNode(tuple.getKeyNode(), findings);
      String name = key.node instanceof ScalarNode scalar ? scalar.getValue() : "";
      if (allowed.length > 0 && !Arrays.asList(allowed).contains(name)) {
        key.complain(
            name.equals("<<")
                ? "Members are not merged here; write each out"
                : "There is no '%s' here; %s".formatted(name, instead(name, allowed)));
      } else if (members.put(name, new DocumentNode(tuple.getValueNode(), findings)) != null) {
        key.complain("'%s' is here twice; write it once".formatted(name));
      }
    }
    return members;
  }

  /** The members of a mapping that narrows a rule down, see {@link #someItems}. */
  Map<String, DocumentNode> someMembers() {
    Map<String, DocumentNode> members = members();
    if (members.isEmpty() && isMapping()) {
      complain("Nothing is named here; name something, or leave the member out to mean all");
    }
    return members;
  }

  private static String instead(String name, String... allowed) {
    String lower = name.toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
    return Arrays.stream(allowed)
        .filter(other -> isLike(lower, other.toLowerCase(Locale.ROOT)))
        .min(Comparator.comparingInt(other -> edits(lower, other.toLowerCase(Locale.ROOT))))
        .map(other -> "do you mean '%s'?".formatted(other))
        .orElseGet(() -> "there are " + String.join(", ", allowed));
  }

  private static boolean isLike(String name, String other) {
    return !name.isEmpty()
        && (other.startsWith(name)
            || name.startsWith(other)
            || name.endsWith(other)
            || (other.length() > 2 && edits(name, other) <= Math.min(2, other.length() / 2)));
  }

  /** How many letters must be put in, taken out or changed to make one of the other. */
  private static int edits(String one, String other) {
    int[] before = IntStream.rangeClosed(0, other.length()).toArray();
    for (int i = 1; i <= one.length(); i++) {
      int[] row = new int[other.length() + 1];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int change = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(before[j], row[j - 1]) + 1);
      }
      before = row;
    }
    return before[other.length()];
  }

  /** The items of a list; a single value counts as a list of one. */
  List<DocumentNode> items() {
    if (node instanceof SequenceNode sequence && !node.isRecursive()) {
      List<DocumentNode> items = new ArrayList<>();
      sequence.getValue().forEach(item -> items.add(new DocumentNode(item, findings)));
      return items;
    }
    return isNothing() ? List.of() : List.of(this);
  }

  private boolean isNothing() {
    return node.getTag().equals(Tag.NULL);
  }

  /** A text; a number counts as one. */
  String text() {
    if (node instanceof ScalarNode scalar && !isNothing()) {
      return scalar.getValue();
    }
    complain(
        node instanceof ScalarNode
            ? "Write a text here"
            : "Write a text here, or a list of texts where several are meant: [one, two]");
    return "";
  }

  /** A text that says something: one that is dropped would narrow nothing down. */
  String someText() {
    String text = text();
    if (text.isBlank()) {
      complain("Write a text here");
    }
    return text;
  }

  /**
   * The items of a list that narrows a rule down.
   *
   * <p>Without any it would not: what nobody meant for all would be for all.
   */
  List<DocumentNode> someItems() {
    List<DocumentNode> items = items();
    if (items.isEmpty()) {
      complain("Nothing is named here; name something, or leave the member out to mean all");
    }
    return items;
  }

  List<String> texts() {
    return items().stream().map(DocumentNode::someText).filter(text -> !text.isEmpty()).toList();
  }

  boolean flag() {
    if (node instanceof ScalarNode scalar && node.getTag().equals(Tag.BOOL)) {
      return scalar.getValue().equalsIgnoreCase("true");
    }
    complain("Write true or false here");
    return false;
  }

  int number(int least, int most) {
    if (node instanceof ScalarNode scalar && node.getTag().equals(Tag.INT)) {
      try {
        int number = Integer.parseInt(scalar.getValue());
        if (least <= number && number <= most) {
          return number;
        }
      } catch (NumberFormatException e) {
        // the sentence below covers it
      }
    }
    complain("Write a number from %d to %d here".formatted(least, most));
    return least;
  }

  /** A text as something; null, with a finding, where that refuses it. */
  <T> @Nullable T read(Function<String, T> reader) {
    String text = someText();
    try {
      return text.isEmpty() ? null : reader.apply(text);
    } catch (IllegalArgumentException e) {
      complain(String.valueOf(e.getMessage()));
      return null;
    }
  }

  /** Each item as something, without those that are refused. */
  <T> List<T> each(Function<String, T> reader) {
    List<T> values = new ArrayList<>();
    for (DocumentNode item : someItems()) {
      T value = item.read(reader);
      if (value != null) {
        values.add(value);
      }
    }
    return List.copyOf(values);
  }

  /** One of some words. */
  String word(String... words) {
    String text = text();
    if (!text.isEmpty() && !Arrays.asList(words).contains(text)) {
      complain("There is no '%s'; %s".formatted(text, instead(text, words)));
    }
    return text;
  }
}
