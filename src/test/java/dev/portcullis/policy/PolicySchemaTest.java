package dev.portcullis.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published JSON Schema knows what the reader knows. */
class PolicySchemaTest {
  private static final Path FILE = Path.of("src/main/resources/policy.schema.json");
  private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-25T12:00:00Z");
  private static final JsonMapper JSON = new JsonMapper();
  private static final JsonNode TREE = tree();
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(TREE);

  /** Has every member that there is: a new one is added here, to the reader and to the schema. */
  private static final String EVERYTHING =
      """
      description: all there is
      sets: {office: [192.0.2.0/24]}
      pools: {web: {ports: [20000-20999], nodes: [eu-1], hold: P30D}}
      rules:
        - name: a
          allow: {accounts: [a], groups: [g], labels: {l: v}}
          nodes: [eu-1]
          operations: [NewProxy]
          proxies: {types: [tcp], names: [n], ports: [1], pools: [web], domains: [d], subdomains: [s], groups: [g], metas: {m: v}}
          clients: {addresses: [192.0.2.1], sets: [office], versions: [">0.52"], os: [linux], metas: {m: v}}
          hours: {days: [mon], at: ["08:00-18:00"], zone: UTC}
          from: 2026-12-01
          until: 2026-12-31
          when: proxy.port > 1
        - name: b
          deny: {everyone: true}
          visitors: {addresses: [192.0.2.1], sets: [office], countries: [DE], asns: [64496]}
          enforce: false
          reason: why
      rewrites:
        - name: a
          for: {groups: [g]}
          nodes: [eu-1]
          proxies: {types: [http]}
          set: {bandwidth: 1MB, basic-auth: generated, http-user: u, headers: {h: v}, response-headers: {h: v}, host-header: h, group-key: generated, metas: {m: v}, annotations: {a: v}, subdomain: s, edition: 2}
        - name: b
          for: {accounts: [c]}
          set: {http-user: u, http-password: p, allow-users: [u], sk: s}
      reservations:
        - {name: kept, ports: [1], nodes: [eu-1], for: {groups: [g]}, reason: why}
      limits:
        - name: a
          for: {groups: [g]}
          nodes: [eu-1]
          sessions: 3
          proxies: 10
          proxies-per-session: 5
          ports: 4
          types: {tcp: 2, udp: 2, http: 2, https: 2, tcpmux: 2, stcp: 2, xtcp: 2, sudp: 2}
          bandwidth: 1MB
          connections: {per-proxy: 100/1m, per-visitor: 20/10s}
          bans: {after: 3, first: PT1M, factor: 4, longest: P1D}
      tests:
        - account: a
          groups: [g]
          labels: {l: v}
          node: eu-1
          at: "2026-12-01T08:00:00Z"
          operation: NewProxy
          client: {address: 192.0.2.1, version: 0.70.1, os: linux, metas: {m: v}}
          proxy: {name: n, type: tcp, port: 1, domains: [d], subdomain: s, group: g, metas: {m: v}}
          visitor: {address: 192.0.2.1, country: DE, asn: 64496}
          expect: allow
          rule: a
          rewritten: {bandwidth: 1MB}
          in-use: {sessions: 1, proxies: 1, proxies-per-session: 1, ports: 1, types: {tcp: 1}}
          limit: a
          bandwidth: 1MB
      """;

  private static JsonNode tree() {
    try {
      return JSON.readTree(Files.readString(FILE));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<String> mistakes(String document) {
    return SCHEMA.validate(document, InputFormat.YAML).stream().map(Object::toString).toList();
  }

  private static List<Finding> findings(String document) {
    PolicyReader reader = new PolicyReader(NOW);
    reader.read(document);
    return reader.findings();
  }

  @ParameterizedTest
  @MethodSource("dev.portcullis.policy.PolicyExamplesTest#examples")
  void takesTheExamplesOfTheDocumentation(String example) {
    assertEquals(List.of(), mistakes(example));
  }

  private static final Pattern TEXT =
      Pattern.compile("\"\"\"\n(.*?)\"\"\"|\"((?:[^\"\\\\\n]|\\\\.)*)\"", Pattern.DOTALL);
  private static final Pattern UNICODE = Pattern.compile("(?<!\\\\)\\\\u+([0-9a-fA-F]{4})");
  private static final Pattern DOCUMENT =
      Pattern.compile("\\A\\s*(rules|rewrites|limits|reservations|pools|sets|tests):");

  /** What in the sources of the tests can be read as a document. */
  static List<String> documentsOfTests() throws IOException {
    List<String> documents = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).sorted().toList()) {
        Matcher text = TEXT.matcher(Files.readString(file));
        while (text.find()) {
          String written = text.group(1) == null ? text.group(2) : text.group(1).stripIndent();
          if (!DOCUMENT.matcher(written).find()) {
            continue;
          }
          String document =
              UNICODE
                  .matcher(written)
                  .replaceAll(code -> Character.toString(Integer.parseInt(code.group(1), 16)))
                  .translateEscapes();
          if (findings(document).isEmpty()) {
            documents.add(document);
          }
        }
      }
    }
    return documents;
  }

  @Test
  void takesWhatTheReaderTakesInOurTests() throws IOException {
    List<String> documents = documentsOfTests();
    assertTrue(documents.size() >= 30, "documents found: " + documents.size());
    for (String document : documents) {
      assertEquals(List.of(), mistakes(document), document);
    }
  }

  @Test
  void takesADocumentWithEveryMember() {
    assertEquals(List.of(), findings(EVERYTHING));
    assertEquals(List.of(), mistakes(EVERYTHING));
  }

  @Test
  void knowsAtEveryPlaceTheMembersThatTheReaderKnows() {
    Map<String, Set<String>> used = new TreeMap<>();
    Object document = new Load(LoadSettings.builder().build()).loadFromString(EVERYTHING);
    compare(document, document, TREE, "", used);
    used.forEach(
        (place, names) ->
            assertEquals(names(TREE.at(place).path("properties")), names, "used at " + place));
    assertTrue(used.size() >= 14, used::toString);
  }

  /** Puts a member that there is not into each mapping: the reader says which there are. */
  @SuppressWarnings("unchecked")
  private static void compare(
      Object root, Object value, JsonNode schema, String pointer, Map<String, Set<String>> used) {
    JsonNode resolved = schema;
    String place = pointer;
    while (true) {
      if (resolved.has("$ref")) {
        place = resolved.path("$ref").asString().substring(1);
        resolved = TREE.at(place);
      } else if (resolved.has("anyOf")) {
        resolved = resolved.path("anyOf").path(0);
        place += "/anyOf/0";
      } else {
        break;
      }
    }
    if (value instanceof List<?> list) {
      for (Object item : list) {
        compare(root, item, resolved, place, used);
      }
    }
    if (!(value instanceof Map<?, ?> map)) {
      return;
    }
    Map<String, Object> members = (Map<String, Object>) map;
    if (resolved.has("properties")) {
      used.computeIfAbsent(place, key -> new TreeSet<>()).addAll(members.keySet());
      members.put("zzz", "x");
      String changed = JSON.writeValueAsString(root);
      members.remove("zzz");
      assertEquals(
          names(resolved.path("properties")),
          allowed(changed),
          "what the reader knows at " + place);
      assertFalse(mistakes(changed).isEmpty(), "the schema takes any member at " + place);
    }
    for (Map.Entry<String, Object> member : new LinkedHashMap<>(members).entrySet()) {
      boolean isNamed = resolved.path("properties").has(member.getKey());
      compare(
          root,
          member.getValue(),
          isNamed
              ? resolved.path("properties").path(member.getKey())
              : resolved.path("additionalProperties"),
          place + (isNamed ? "/properties/" + member.getKey() : "/additionalProperties"),
          used);
    }
  }

  private static Set<String> names(JsonNode properties) {
    return new TreeSet<>(properties.propertyNames());
  }

  private static Set<String> allowed(String document) {
    String start = "There is no 'zzz' here; there are ";
    return findings(document).stream()
        .map(Finding::message)
        .filter(message -> message.startsWith(start))
        .findFirst()
        .<Set<String>>map(
            message -> new TreeSet<>(Arrays.asList(message.substring(start.length()).split(", "))))
        .orElse(new LinkedHashSet<>());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- 1",
        "rule: []",
        "rules: {name: a}",
        "rules: [{allow: {everyone: true}}]",
        "rules: [{name: a}]",
        "rules: [{name: a, allow: {everyone: true}, deny: {everyone: true}}]",
        "rules: [{name: a, deny: {}}]",
        "rules: [{name: a, deny: []}]",
        "rules: [{name: a, deny: {everyone: perhaps}}]",
        "rules: [{name: a, deny: {labels: [a]}}]",
        "rules: [{name: [a], deny: {everyone: true}}]",
        "rules: [{name: a, deny: {everyone: true}, enforce: 1}]",
        "rules: [{name: a, deny: {everyone: true}, operations: [Logout]}]",
        "rules: [{name: a, deny: {everyone: true}, proxies: {types: [tpc]}}]",
        "rules: [{name: a, deny: {everyone: true}, proxies: {names: {a: b}}}]",
        "rules: [{name: a, deny: {everyone: true}, clients: {address: a}}]",
        "rules: [{name: a, deny: {everyone: true}, visitors: {countries: [de]}}]",
        "rules: [{name: a, deny: {everyone: true}, visitors: {asns: [0]}}]",
        "rules: [{name: a, deny: {everyone: true}, hours: 8-18}]",
        "pools: [a]",
        "pools: {a: {}}",
        "sets: [a]",
        "rewrites: [{name: a, for: {everyone: true}}]",
        "rewrites: [{name: a, set: {bandwidth: 1MB}}]",
        "rewrites: [{for: {everyone: true}, set: {bandwidth: 1MB}}]",
        "rewrites: [{name: a, for: {everyone: true}, set: {}}]",
        "rewrites: [{name: a, for: {everyone: true}, set: {bandwidth: 1GB}}]",
        "rewrites: [{name: a, for: {everyone: true}, set: {basic-auth: true}}]",
        "rewrites: [{name: a, for: {everyone: true}, set: {headers: [a]}}]",
        "rewrites: [{name: a, for: {everyone: true}, set: {sk: generated, edition: 0}}]",
        "rewrites: [{name: a, for: {everyone: true}, set: {sk: generated, edition: two}}]",
        "tests: [{account: a}]",
        "tests: [{account: a, expect: maybe}]",
        "tests: [{account: a, expect: allow, proxy: {port: 65536}}]",
        "tests: [{account: a, expect: allow, proxy: {type: [tcp]}}]",
        "tests: [{account: a, expect: allow, visitor: {asn: a}}]",
        "tests: [{account: a, expect: allow, rewritten: {a: b}}]"
      })
  void refusesWhatTheReaderRefuses(String document) {
    assertFalse(findings(document).isEmpty(), "the reader takes it");
    assertFalse(mistakes(document).isEmpty(), "the schema takes it");
  }
}
