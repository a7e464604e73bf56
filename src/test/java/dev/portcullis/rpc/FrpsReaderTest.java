package dev.portcullis.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.portcullis.rpc.FrpsReader.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The oracle itself, against what was measured on ten versions of frp. */
class FrpsReaderTest {

  @Test
  void rejectsWithTheReason() {
    assertEquals(new Outcome.Rejects("no"), read("{'reject':true,'reject_reason':'no'}"));
    assertEquals(new Outcome.Rejects(""), read("{'reject':true}"));
    assertEquals(new Outcome.Rejects("no"), read("{'REJECT':true,'Reject_Reason':'no'}"));
  }

  @Test
  void keepsTheContent() {
    assertEquals(new Outcome.Keeps(), read("{'unchange':true}"));
    assertEquals(new Outcome.Keeps(), read("{'unchange':true,'content':null}"));
    assertEquals(new Outcome.Keeps(), read("{'unchange':false,'unchange':true,'x':[1.5]}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "null", "{'reject':null,'unchange':null}", "{'content':{}}"})
  void takesAnAnswerWithoutContentForOneOfZeroes(String answer) {
    Map<String, Object> fields = assertInstanceOf(Outcome.Replaces.class, read(answer)).fields();
    assertEquals("", fields.get("proxy_name"));
    assertEquals(0L, fields.get("remote_port"));
    assertEquals(false, fields.get("use_encryption"));
    assertEquals(Map.of("user", "", "metas", Map.of(), "run_id", ""), fields.get("user"));
  }

  @Test
  void diesOfANullContent() {
    assertEquals(new Outcome.Panics(), read("{'unchange':false,'content':null}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{'unchange':'false'}",
        "{'reject':0}",
        "{'reject':true,'reject_reason':5}",
        "{'unchange':1}",
        "{'unchange':true} x",
        "{'unchange':true}{'unchange':true}",
        "\ufeff{'unchange':true}",
        "{'unchange':true,}",
        "{'unchange':true,'content':'x'}",
        "{'unchange':true,'content':[]}",
        "{'content':{'remote_port':5.0}}",
        "{'content':{'remote_port':5e0}}",
        "{'content':{'remote_port':'5'}}",
        "{'content':{'remote_port':05}}",
        "{'content':{'remote_port':+5}}",
        "{'content':{'remote_port':9223372036854775808}}",
        "{'content':{'metas':{'a':1}}}",
        "{'content':{'custom_domains':'a'}}",
        "{'content':{'custom_domains':[1]}}",
        "{'content':{'user':[]}}",
        "{'content':{'proxy_name':true}}",
        "{'content':{'proxy_name':'a\nb'}}",
        "{'content':{'proxy_name':'a\\x'}}",
        "{'content':{'proxy_name':'a\\u00g0'}}"
      })
  void failsAtWhatGoDoesNotTake(String answer) {
    assertInstanceOf(Outcome.Fails.class, read(answer));
  }

  @Test
  void failsAtWhatIsNoUtf8() {
    byte[] answer = "{\"reject_reason\":\"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertInstanceOf(Outcome.Fails.class, FrpsReader.read("NewProxy", answer));
  }

  @Test
  void replacesTheContent() {
    Map<String, Object> fields =
        assertInstanceOf(
                Outcome.Replaces.class,
                read(
                    "{'content':{'proxy_name':'b','Proxy_Name':'a\\u003c\\ud800','remote_port':9223372036854775807,'metas':{'a':null},'custom_domains':[null,'x'],'sk':null,'new':1}}"))
            .fields();
    assertEquals("a<\ufffd", fields.get("proxy_name"));
    assertEquals(Long.MAX_VALUE, fields.get("remote_port"));
    assertEquals(Map.of("a", ""), fields.get("metas"));
    assertEquals(List.of("", "x"), fields.get("custom_domains"));
    assertEquals("", fields.get("sk"));
  }

  private static Outcome read(String answer) {
    return FrpsReader.read("NewProxy", answer.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
