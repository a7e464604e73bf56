package dev.portcullis.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.operation.Login;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.operation.Operation;
import dev.portcullis.rpc.FrpsReader.Outcome;
import dev.portcullis.settings.Settings.UnknownOperation;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RequestFuzzTest {
  private static final int BODIES = 12_000;
  private static final Set<String> OPERATIONS =
      Set.of("Login", "NewProxy", "CloseProxy", "Ping", "NewWorkConn", "NewUserConn");

  private final List<Captured> corpus = Captured.all();

  /** Checks what came of one body. */
  private interface Check {
    void accept(byte[] body, byte[] answer) throws Exception;
  }

  /** Bodies that were answered in each way, so that a test can tell that it has tried them. */
  private static Set<String> fuzz(
      long firstSeed, List<Captured> corpus, Chains chains, Check check) {
    Set<String> ways = new TreeSet<>();
    for (long seed = firstSeed; seed < firstSeed + BODIES; seed++) {
      byte[] body = new Mutation(seed, corpus).next();
      try {
        byte[] answer = chains.cleared().answer(body);
        Outcome outcome = AnswerRules.check(body, answer);
        Optional<GoJson.Members> json = json(body);
        if (json.isEmpty()) {
          assertInstanceOf(Outcome.Rejects.class, outcome, "this is no JSON object");
        }
        ways.add(outcome.getClass().getSimpleName() + (json.isEmpty() ? " garbage" : " JSON"));
        check.accept(body, answer);
      } catch (Throwable e) {
        throw new AssertionError(
            "seed " + seed + ": " + new String(body, StandardCharsets.UTF_8), e);
      }
    }
    return ways;
  }

  @Test
  void answersEveryBodyByTheRulesAndReadsItAsFrpsWouldHave() {
    Chains chains = Chains.allowing(UnknownOperation.REJECT);
    Set<String> ways =
        fuzz(
            1,
            corpus,
            chains,
            (body, answer) -> {
              assertEquals(chains.asked().isEmpty(), chains.refusals().size() == 1);
              for (DecisionRequest<?> request : chains.asked()) {
                assertReadAsByGo(body, request.content());
              }
            });
    assertEquals(Set.of("Keeps JSON", "Rejects JSON", "Rejects garbage"), ways);
  }

  @Test
  void answersEveryBodyByTheRulesWhenChainsChangeIt() {
    Set<String> ways =
        fuzz(
            1_000_000,
            corpus,
            Chains.changing(RequestFuzzTest::changed, RequestFuzzTest::changed),
            RequestFuzzTest::assertChangedAsWished);
    assertTrue(
        ways.containsAll(Set.of("Keeps JSON", "Rejects JSON", "Rejects garbage", "Replaces JSON")),
        ways::toString);
  }

  @Test
  void answersEveryBodyByTheRulesWhenChainsReject() {
    Set<String> ways =
        fuzz(
            2_000_000,
            corpus,
            Chains.deciding(RequestFuzzTest::rejected),
            (body, answer) ->
                assertInstanceOf(Outcome.Rejects.class, FrpsReader.read("Ping", answer)));
    assertEquals(Set.of("Rejects JSON", "Rejects garbage"), ways);
  }

  private static <C extends Operation> Decision<C> rejected(DecisionRequest<C> request) {
    return Decision.rejected("test.fuzz", "\u0000\ud800\"\\ " + request.content().client().user());
  }

  private static Login changed(Login login) {
    return login
        .withRunId("00112233aabbccdd")
        .withMeta("portcullis-session", "a.b")
        .withPoolCount(3);
  }

  private static NewProxy changed(NewProxy proxy) {
    return proxy
        .edit()
        .remotePort(7000)
        .serverBandwidth("1MB")
        .metas(Map.of("owner", "al\"ice\\\n\u00e4\u2028"))
        .headers(Map.of())
        .allowUsers(List.of("\u0001", "x"))
        .done();
  }

  private static void assertChangedAsWished(byte[] body, byte[] answer) throws Exception {
    GoJson.Members envelope = GoJson.object(new String(answer, StandardCharsets.UTF_8));
    if (envelope.get("content").isEmpty()) {
      return;
    }
    GoJson.Members content = (GoJson.Members) envelope.get("content").get();
    GoJson.Members request = json(body).orElseThrow();
    GoJson.Members asked = (GoJson.Members) request.get("content").orElseThrow();
    Set<String> changed;
    if (AnswerRules.operation(request, asked).equals("Login")) {
      changed = Set.of("run_id", "metas", "pool_count");
      assertEquals("00112233aabbccdd", text(content, "run_id"));
      assertEquals("3", content.get("pool_count").orElseThrow().raw());
    } else {
      changed =
          Set.of(
              "remote_port",
              "bandwidth_limit",
              "bandwidth_limit_mode",
              "metas",
              "headers",
              "allow_users");
      assertEquals("7000", content.get("remote_port").orElseThrow().raw());
      assertEquals("1MB", text(content, "bandwidth_limit"));
      GoJson.Members metas = (GoJson.Members) content.get("metas").orElseThrow();
      assertEquals("al\"ice\\\n\u00e4\u2028", text(metas, "owner"));
    }
    for (GoJson.Member member : asked.members()) {
      if (!changed.contains(member.key())) {
        assertEquals(
            member.value().raw(), content.get(member.key()).orElseThrow().raw(), member.key());
      }
    }
  }

  private static String text(GoJson.Members object, String member) {
    return ((GoJson.Text) object.get(member).orElseThrow()).value();
  }

  /** The record that came to the chain says what Go reads in the body. */
  private static void assertReadAsByGo(byte[] body, Operation read) {
    GoJson.Members envelope = json(body).orElseThrow();
    GoJson.Members content = (GoJson.Members) envelope.get("content").orElseThrow();
    String operation = AnswerRules.operation(envelope, content);
    assertTrue(OPERATIONS.contains(operation));
    assertEquals(operation, read.name());
    if (hasKeysInStrangeCase(content)) {
      return;
    }
    Map<String, Object> byGo;
    try {
      byGo = FrpsReader.content(operation, content);
    } catch (FrpsReader.TypeException e) {
      // in a member that is not modelled
      return;
    }
    Map<String, Object> here = fields((Record) read);
    byGo.keySet().retainAll(here.keySet());
    assertEquals(byGo, here);
  }

  // Go takes them, but no Go writes them
  private static boolean hasKeysInStrangeCase(GoJson.Members object) {
    return object.members().stream()
        .anyMatch(
            member ->
                !member.key().equals(member.key().toLowerCase(Locale.ROOT))
                    || (member.key().equals("user")
                        && member.value() instanceof GoJson.Members user
                        && hasKeysInStrangeCase(user)));
  }

  private static Map<String, Object> fields(Record read) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (RecordComponent component : read.getClass().getRecordComponents()) {
      String name = component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
      try {
        fields.put(name, value(component.getAccessor().invoke(read)));
      } catch (ReflectiveOperationException e) {
        throw new AssertionError(e);
      }
    }
    return fields;
  }

  private static Object value(Object value) {
    if (value instanceof Record inner) {
      return fields(inner);
    }
    if (value instanceof Integer number) {
      return (long) number;
    }
    if (value instanceof Boolean) {
      return value;
    }
    if (value instanceof List<?> list) {
      List<Object> values = new ArrayList<>();
      list.forEach(item -> values.add(value(item)));
      return values;
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> values = new LinkedHashMap<>();
      map.forEach((key, text) -> values.put(value(key), value(text)));
      return values;
    }
    StringBuilder text = new StringBuilder();
    ((String) value)
        .codePoints()
        .map(c -> c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c)
        .forEach(text::appendCodePoint);
    return text.toString();
  }

  private static Optional<GoJson.Members> json(byte[] body) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return GoJson.parse(text) instanceof GoJson.Members object
          ? Optional.of(object)
          : Optional.empty();
    } catch (CharacterCodingException | GoJson.SyntaxException e) {
      return Optional.empty();
    }
  }
}
