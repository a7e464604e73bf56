package dev.portcullis.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.decision.Asked;
import dev.portcullis.operation.NewProxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OccupancyTest {

  @ParameterizedTest
  @CsvSource({"tcp,6000,tcp:6000", "udp,6000,udp:6000", "tcp,65535,tcp:65535"})
  void isThePortForTcpAndUdp(String type, int port, String key) {
    NewProxy proxy = Asked.proxy(type).edit().remotePort(port).customDomains(List.of("a")).done();
    assertEquals(Set.of(key), Occupancy.of(proxy));
    assertEquals(Set.of(key), Occupancy.ofPort(type, port));
    assertEquals(key, Occupancy.portKey(type, port));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp"})
  void isNothingBeforeThePortIsChosen(String type) {
    assertEquals(Set.of(), Occupancy.of(Asked.proxy(type)));
    assertEquals(Set.of(), Occupancy.ofPort(type, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"stcp", "sudp", "xtcp", "", "other"})
  void isNothingForTypesWithoutPortOrHost(String type) {
    assertEquals(
        Set.of(),
        Occupancy.of(
            Asked.proxy(type).edit().remotePort(6000).customDomains(List.of("a.b")).done()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // type; domains; subdomain; locations; route by user; what it occupies
        "http;a.b;'';'';'';http:a.b||",
        "http;A.B;'';'';'';http:a.b||",
        "http;a.b,c.d;'';'';'';http:a.b|| http:c.d||",
        "http;a.b;'';/,/api;'';http:a.b|/| http:a.b|/api|",
        "http;a.b,c.d;'';/,/api;u;http:a.b|/|u http:a.b|/api|u http:c.d|/|u http:c.d|/api|u",
        "http;'';Sub;'';'';http:subdomain=sub||",
        "http;a.b;sub;/x;'';http:a.b|/x| http:subdomain=sub|/x|",
        "http;,a.b,;'';'';'';http:a.b||",
        "http;a.b,A.B;'';'';'';http:a.b||",
        "http;*.a.b;'';'';'';http:*.a.b||",
        "https;a.b;'';/x;u;https:a.b||",
        "https;'';sub;'';'';https:subdomain=sub||",
        "tcpmux;a.b;'';/x;u;tcpmux:a.b||u",
        "tcpmux;a.b;'';'';'';tcpmux:a.b||",
        "http;'';'';/x;u;''"
      })
  void isWhatFrpsRoutesByForHosts(
      String type,
      String domains,
      String subdomain,
      String locations,
      String routeByHttpUser,
      String occupied) {
    assertEquals(
        occupied.isEmpty() ? Set.of() : Set.of(occupied.split(" ", -1)),
        Occupancy.of(proxy(type, domains, subdomain, locations, routeByHttpUser)));
  }

  private static NewProxy proxy(
      String type, String domains, String subdomain, String locations, String routeByHttpUser) {
    return Asked.proxy(Asked.user(Map.of()), type, "alice.web", list(locations), routeByHttpUser)
        .edit()
        .customDomains(list(domains))
        .subdomain(subdomain)
        .done();
  }

  private static List<String> list(String texts) {
    return texts.isEmpty() ? List.of() : Arrays.asList(texts.split(",", -1));
  }

  @Test
  void isShortHoweverLongAHostIs() {
    String path = "/" + "x".repeat(10_000);
    NewProxy proxy = proxy("http", "a.b", "", path + "1," + path + "2", "");
    Set<String> keys = Occupancy.of(proxy);
    assertEquals(2, keys.size());
    assertEquals(keys, Occupancy.of(proxy));
    for (String key : keys) {
      assertEquals(400, key.length());
      assertTrue(key.startsWith("http:a.b|/xxx"), key);
      assertTrue(key.matches(".*#[0-9a-f]{64}"), key);
    }
  }

  @Test
  void isWrittenOutUpToTheLengthOfItsColumn() {
    String fits = "/" + "x".repeat(400 - "http:a.b|/|".length());
    assertEquals(
        Set.of("http:a.b|" + fits + "|"), Occupancy.of(proxy("http", "a.b", "", fits, "")));
    String longer = Occupancy.of(proxy("http", "a.b", "", fits + "x", "")).first();
    assertEquals(400, longer.length());
    assertNotEquals("http:a.b|" + fits, longer);
  }

  @Test
  void sortsWhatItClaimsSoThatTwoNeverWaitForEachOther() {
    assertEquals(
        List.of("http:a|/1|", "http:a|/2|", "http:b|/1|", "http:b|/2|"),
        List.copyOf(Occupancy.of(proxy("http", "b,a", "", "/2,/1", ""))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "http", "https", "tcpmux"})
  void isSharedInAGroupOfOneAccountAndType(String type) {
    NewProxy proxy = Asked.proxy(type).edit().group("g", "secret").done();
    String group = Occupancy.group(proxy, "node-id", "alice-id");
    assertEquals("group:node-id:alice-id:" + type + ":g", group);
    assertNotEquals(group, Occupancy.group(proxy, "node-id", "bob-id"));
    assertNotEquals(group, Occupancy.group(proxy, "other-id", "alice-id"));
    assertNotEquals(
        group, Occupancy.group(proxy.edit().group("h", "secret").done(), "node-id", "alice-id"));
    assertEquals(
        group,
        Occupancy.group(proxy.edit().group("g", "other").done(), "node-id", "alice-id"),
        "frps checks the key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"udp", "stcp", "sudp", "xtcp"})
  void isNotSharedWhereFrpsKnowsNoGroups(String type) {
    assertEquals(
        "",
        Occupancy.group(
            Asked.proxy(type).edit().group("g", "secret").done(), "node-id", "alice-id"));
  }

  @Test
  void isNotSharedWithoutAGroup() {
    assertEquals("", Occupancy.group(Asked.proxy("tcp"), "node-id", "alice-id"));
  }

  @Test
  void isShortHoweverLongAGroupIs() {
    String one = Occupancy.group(group("x".repeat(5000) + "1"), "node-id", "alice-id");
    String two = Occupancy.group(group("x".repeat(5000) + "2"), "node-id", "alice-id");
    assertEquals(400, one.length());
    assertNotEquals(one, two);
  }

  private static NewProxy group(String name) {
    return Asked.proxy("tcp").edit().group(name, "").done();
  }
}
