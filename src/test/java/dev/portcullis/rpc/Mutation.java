package dev.portcullis.rpc;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** Makes other bodies of captured ones: some still JSON, some not. */
final class Mutation {
  private static final List<String> WORDS =
      List.of(
          "\"",
          "\\",
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "null",
          "true",
          "-",
          "0",
          "5e0",
          "1.50",
          "1E5",
          "\\u0000",
          "\\ud800",
          "\\u003c",
          "\u0000",
          "\ufeff",
          " ",
          "\n",
          "\u00e4",
          "\ud83d\ude00",
          "\"run_id\":\"x\",",
          "\"op\":\"Ping\",",
          "\"user\":{},",
          "\"metas\":{\"a\":\"b\"},",
          "\"remote_port\":22,",
          "\"content\":{},",
          "\"version\":\"0.1.0\",");

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-0",
          "7",
          "-7",
          "2147483647",
          "2147483648",
          "1.0",
          "1e0",
          "1E5",
          "1.50",
          "1e9999999999",
          "12345678901234567890",
          "\"\"",
          "\"x\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"\\ud83d\\ude00\"",
          "\"\\\"}]\"",
          "\"M\u00fcller\"",
          "{}",
          "[]",
          "[[]]",
          "[null]",
          "[\"a\"]",
          "[\"a\",\"a\"]",
          "{\"a\":\"b\"}",
          "{\"a\":\"b\",\"a\":\"c\"}",
          "{\"a\":1}",
          "{\"a\":null}",
          "{\"user\":\"bob\",\"metas\":null}");

  private static final List<String> KEYS =
      List.of(
          "op",
          "version",
          "content",
          "user",
          "metas",
          "run_id",
          "pool_count",
          "remote_port",
          "proxy_name",
          "proxy_type",
          "custom_domains",
          "headers",
          "sk",
          "new",
          "",
          "a\"b",
          "\u00e4",
          "timestamp",
          "annotations");

  private final SplittableRandom random;
  private final List<Captured> corpus;

  Mutation(long seed, List<Captured> corpus) {
    this.random = new SplittableRandom(seed);
    this.corpus = corpus;
  }

  byte[] next() {
    byte[] body = any().bytes();
    if (random.nextInt(3) > 0) {
      body = restructured(GoJson.object(new String(body, StandardCharsets.UTF_8)));
    }
    if (random.nextInt(3) > 0) {
      for (int i = random.nextInt(4); i >= 0 && body.length > 0; i--) {
        body = bytewise(body);
      }
    }
    return body;
  }

  private Captured any() {
    return corpus.get(random.nextInt(corpus.size()));
  }

  private byte[] bytewise(byte[] body) {
    int at = random.nextInt(body.length);
    int to = Math.min(body.length, at + 1 + random.nextInt(20));
    return switch (random.nextInt(8)) {
      case 0 -> {
        byte[] changed = body.clone();
        changed[at] ^= (byte) (1 << random.nextInt(8));
        yield changed;
      }
      case 1 -> {
        byte[] changed = body.clone();
        changed[at] = (byte) random.nextInt(256);
        yield changed;
      }
      case 2 -> Arrays.copyOf(body, at);
      case 3 -> joined(body, 0, at, body, to, body.length);
      case 4 -> joined(body, 0, to, body, at, body.length);
      case 5, 6 -> {
        byte[] word = pick(WORDS).getBytes(StandardCharsets.UTF_8);
        yield joined(joined(body, 0, at, word, 0, word.length), body, at);
      }
      default -> {
        byte[] other = any().bytes();
        yield joined(body, 0, at, other, random.nextInt(other.length), other.length);
      }
    };
  }

  private static byte[] joined(byte[] head, byte[] tail, int from) {
    return joined(head, 0, head.length, tail, from, tail.length);
  }

  private static byte[] joined(
      byte[] head, int headFrom, int headTo, byte[] tail, int tailFrom, int tailTo) {
    byte[] all =
        Arrays.copyOf(
            Arrays.copyOfRange(head, headFrom, headTo), headTo - headFrom + tailTo - tailFrom);
    System.arraycopy(tail, tailFrom, all, headTo - headFrom, tailTo - tailFrom);
    return all;
  }

  /** The same document in other words, or with a member or two that are other. */
  private byte[] restructured(GoJson.Members body) {
    int changes = random.nextInt(3);
    return print(body, changes == 0 ? 0 : 0.04 * changes).getBytes(StandardCharsets.UTF_8);
  }

  private String print(GoJson value, double change) {
    if (random.nextDouble() < change / 3) {
      return pick(VALUES);
    }
    if (value instanceof GoJson.Members object) {
      List<String> members = new ArrayList<>();
      for (GoJson.Member member : object.members()) {
        if (random.nextDouble() < change) {
          switch (random.nextInt(5)) {
            case 0 -> members.add(member(member.key(), pick(VALUES)));
            case 1 -> members.add(member(pick(KEYS), print(member.value(), 0)));
            case 2 -> {
              members.add(member(member.key(), print(member.value(), 0)));
              members.add(member(member.key(), print(member.value(), 0)));
            }
            case 3 -> members.add(member(pick(KEYS), pick(VALUES)));
            default -> {
              // left out
            }
          }
        } else {
          members.add(member(member.key(), print(member.value(), change)));
        }
      }
      if (random.nextInt(6) == 0) {
        members.add(member("new" + random.nextInt(9), pick(VALUES)));
      }
      if (random.nextInt(4) == 0) {
        Collections.shuffle(members, new Random(random.nextLong()));
      }
      return "{" + blank() + String.join("," + blank(), members) + blank() + "}";
    }
    if (value instanceof GoJson.Items array) {
      List<String> items = array.items().stream().map(item -> print(item, change)).toList();
      return "[" + blank() + String.join(blank() + ",", items) + "]";
    }
    return value instanceof GoJson.Text text ? quoted(text.value()) : value.raw();
  }

  private String member(String key, String value) {
    return quoted(key) + blank() + ":" + blank() + value + blank();
  }

  private String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    boolean strange = random.nextInt(5) == 0;
    for (char c : text.toCharArray()) {
      if (c < ' ' || c == '"' || c == '\\' || (strange && random.nextInt(3) == 0)) {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  private String blank() {
    return random.nextInt(8) == 0 ? " \t\r\n".substring(random.nextInt(5)) : "";
  }

  private String pick(List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }
}
