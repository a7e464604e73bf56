package dev.portcullis.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeCredentialTest {

  @Test
  void readsWhatGoSendsForAUserInTheAddress() {
    assertEquals(
        Optional.of(new NodeCredential("frps", "secret")),
        NodeCredential.ofBasic("Basic ZnJwczpzZWNyZXQ="));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "frps:secret|frps|secret",
        "frps:p@ss/w:|frps|p@ss/w:",
        "frps:a:b:c|frps|a:b:c",
        "frps:|frps|``",
        ":secret|``|secret",
        "frps:müller|frps|müller"
      })
  void splitsAtTheFirstColon(String pair, String node, String secret) {
    assertEquals(
        Optional.of(new NodeCredential(node, secret)), NodeCredential.ofBasic(basic(pair)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"basic ", "BASIC ", "Basic   "})
  void takesTheSchemeInAnyCaseAndWithMoreBlanks(String scheme) {
    assertEquals(
        Optional.of(new NodeCredential("frps", "secret")),
        NodeCredential.ofBasic(scheme + "ZnJwczpzZWNyZXQ="));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        " ",
        "Basic",
        "Basic ",
        "Basic:ZnJwczpzZWNyZXQ=",
        "Bearer ZnJwczpzZWNyZXQ=",
        "ZnJwczpzZWNyZXQ=",
        "Basic ZnJwczpzZWNyZXQ==",
        "Basic ZnJw czpzZWNyZXQ=",
        "Basic not*base64",
        "Basic ZnJwcw==",
        "Digest username=\"frps\"",
        "Basic \u0000"
      })
  void takesNothingElse(String header) {
    assertEquals(Optional.empty(), NodeCredential.ofBasic(header));
  }

  @Test
  void keepsTheSecretToItself() {
    assertEquals("NodeCredential[node=frps]", new NodeCredential("frps", "s3cret").toString());
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
