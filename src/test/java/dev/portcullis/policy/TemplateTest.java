package dev.portcullis.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
  private static final Map<String, String> VALUES =
      Map.of("account", "al$1ice\\", "node", "frps-1", "proxy", "${node}", "run_id", "");

  @ParameterizedTest
  @CsvSource({
    "plain,true",
    "'',true",
    "${account},true",
    "a ${account} b ${node} c ${proxy} d ${run_id},true",
    "${account}${account},true",
    "${user},false",
    "${Account},false",
    "${ account },false",
    "${},false",
    "${account} ${user},false",
    "${${account}},false",
    "$account,true",
    "{account},true",
    "${account,false",
    "$,true",
    "${subdomain},false"
  })
  void knowsItsPlaces(String text, boolean valid) {
    assertEquals(valid, Template.isValid(text, VALUES.keySet()));
  }

  @Test
  void fillsPlacesWithTheValuesAsTheyAre() {
    assertEquals(
        "a al$1ice\\ b frps-1 c ${node} d  e",
        Template.fill("a ${account} b ${node} c ${proxy} d ${run_id} e", VALUES));
    assertEquals("$account {node} ${node", Template.fill("$account {node} ${node", VALUES));
    assertEquals("", Template.fill("${unknown}", VALUES));
  }
}
