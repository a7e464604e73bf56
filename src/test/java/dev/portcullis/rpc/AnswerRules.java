package dev.portcullis.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.rpc.FrpsReader.Outcome;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The rules for every answer to frps, whatever it has asked: an object with its booleans written
 * out, a reason with every rejection, and with every change the whole content.
 */
final class AnswerRules {
  private AnswerRules() {}

  /** What frps makes of an answer, which must keep the rules. */
  static Outcome check(byte[] request, byte[] answer) {
    GoJson.Members object = object(answer);
    assertEquals(
        List.of("reject", "reject_reason", "unchange"),
        object.keys().subList(0, 3),
        "members of the answer");
    boolean reject = bool(object, "reject");
    boolean unchange = bool(object, "unchange");
    GoJson.Text reason =
        assertInstanceOf(GoJson.Text.class, object.get("reject_reason").orElseThrow());
    if (reject) {
      assertFalse(reason.value().isBlank(), "a rejection without a reason");
      assertFalse(unchange, "rejected and unchanged");
    }
    if (reject || unchange) {
      assertEquals(3, object.members().size(), "members of the answer");
      return reject ? new Outcome.Rejects(reason.value()) : new Outcome.Keeps();
    }
    assertEquals(4, object.members().size(), "members of the answer");
    return checkContent(request, answer, object);
  }

  private static Outcome checkContent(byte[] request, byte[] answer, GoJson.Members object) {
    GoJson.Members envelope = GoJson.object(new String(request, StandardCharsets.UTF_8));
    GoJson.Members asked = assertInstanceOf(GoJson.Members.class, envelope.get("content").get());
    GoJson.Members content =
        assertInstanceOf(GoJson.Members.class, object.get("content").orElseThrow());
    assertTrue(
        content.members().size() >= asked.members().size(), "members of the content are missing");
    assertEquals(
        rawKeys(asked),
        rawKeys(content).subList(0, asked.members().size()),
        "members of the content");
    String operation = operation(envelope, asked);
    same("user", asked, content);
    if (operation.equals("Login")) {
      same("version", asked, content);
    }
    try {
      FrpsReader.content(operation, asked);
    } catch (FrpsReader.TypeException e) {
      // what no frps would send is not answered for in members that are not modelled
      return new Outcome.Fails(String.valueOf(e.getMessage()));
    }
    return assertInstanceOf(Outcome.Replaces.class, FrpsReader.read(operation, answer));
  }

  private static List<String> rawKeys(GoJson.Members object) {
    return object.members().stream().map(GoJson.Member::rawKey).toList();
  }

  private static void same(String member, GoJson.Members asked, GoJson.Members content) {
    assertEquals(asked.get(member).map(GoJson::raw), content.get(member).map(GoJson::raw), member);
  }

  /** The operation that was asked, with frp's own mistake in naming it put right. */
  static String operation(GoJson.Members envelope, GoJson.Members content) {
    String name = ((GoJson.Text) envelope.get("op").orElseThrow()).value();
    return name.equals("Ping") && content.get("run_id").isPresent() ? "NewWorkConn" : name;
  }

  private static GoJson.Members object(byte[] answer) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(answer)).toString();
    } catch (CharacterCodingException e) {
      throw new AssertionError("The answer is not UTF-8", e);
    }
    return GoJson.object(text);
  }

  private static boolean bool(GoJson.Members object, String member) {
    Optional<GoJson> value = object.get(member);
    return assertInstanceOf(GoJson.Bool.class, value.orElseThrow(), member).value();
  }
}
