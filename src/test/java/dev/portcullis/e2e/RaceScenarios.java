package dev.portcullis.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Hundred at once want the same, over HTTP: the database lets one have it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RaceScenarios {
  private static final int THREADS = 100;

  private final Map<String, String> tokens = new HashMap<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private PortcullisProcess portcullis;
  private AdminApi admin;
  private NodeCalls frps;

  /** Where the database is; empty for the launcher's own. */
  abstract Map<String, String> database(Path folder) throws IOException;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    Map<String, String> settings = new HashMap<>(database(folder));
    // who loses a race is asked for here, not who is slow
    settings.put("portcullis.answer-budget", "PT50S");
    portcullis = PortcullisProcess.start(folder.resolve("data"), 0, settings);
    admin = portcullis.admin();
    frps = portcullis.node("frps");
  }

  @AfterAll
  void stop() throws IOException {
    threads.shutdownNow();
    portcullis.close();
  }

  @Test
  void ofHundredAccountsOneGetsThePort() throws Exception {
    List<String> names = accounts("port", "tcp-port 7000");
    List<JsonObject> answers = atOnce(names, name -> proxy(name, "p", 7000));
    assertEquals(1, allowed(answers).size());
    assertEquals(
        Set.of(
            "The tcp port 7000 is held by another account's proxy; take another port, or leave remotePort out to get a free one."),
        reasons(answers));
    assertEquals(1, admin.items("leases?limit=500").stream().filter(this::isOn7000).count());
  }

  private boolean isOn7000(JsonObject lease) {
    return lease.getInt("remotePort") == 7000;
  }

  @Test
  void hundredAccountsShareHundredPortsWithoutAClash() throws Exception {
    List<String> names = accounts("share", "tcp-port 7100-7199");
    List<JsonObject> answers = atOnce(names, name -> proxy(name, "p", 0));
    List<Integer> ports =
        allowed(answers).stream()
            .map(answer -> answer.getJsonObject("content").getInt("remote_port"))
            .toList();
    assertEquals(ports.size(), Set.copyOf(ports).size(), () -> "a port twice in " + ports);
    assertEquals(THREADS, ports.size(), () -> "refused: " + reasons(answers));
    assertTrue(ports.stream().allMatch(port -> 7100 <= port && port <= 7199));
  }

  @Test
  void oneProxyAskedForHundredTimesIsHeldOnce() throws Exception {
    String name = account("again", "tcp-port 7300");
    List<JsonObject> answers =
        atOnce(Collections.nCopies(THREADS, name), any -> proxy(any, "p", 7300));
    assertEquals(THREADS, allowed(answers).size(), () -> "refused: " + reasons(answers));
    assertEquals(1, admin.items("leases?account=again").size());
  }

  @Test
  void ofHundredAccountsOneGetsTheRunId() throws Exception {
    List<String> names = accounts("run", "tcp-port 7400");
    List<JsonObject> answers =
        atOnce(names, name -> frps.login(name, tokens.get(name), "5c5fcd8e9ca3f1d0"));
    assertEquals(1, allowed(answers).size(), () -> "refused: " + reasons(answers));
    assertEquals(1, reasons(answers).size(), () -> "refused: " + reasons(answers));
  }

  @Test
  void membersOfOneGroupShareTheirPortAndOthersDoNotGetIt() throws Exception {
    String owner = account("grouped", "tcp-port 7500");
    String other = account("outside", "tcp-port 7500");
    List<JsonObject> answers =
        atOnce(List.of("a", "b", "c", "d"), member -> grouped(owner, member, 7500));
    assertEquals(4, allowed(answers).size(), () -> "refused: " + reasons(answers));
    for (String member : List.of("a", "b", "c")) {
      close(owner, member);
      assertTrue(proxy(other, "p", 7500).getBoolean("reject"), "still held after " + member);
    }
    close(owner, "d");
    assertTrue(!proxy(other, "p", 7500).getBoolean("reject"), "free after the last member");
  }

  @Test
  void membersOfOneGroupGetOnePortWhenAllAskForAnyAtOnceAmongOthers() throws Exception {
    String owner = account("crowd", "tcp-port 7800-7899");
    List<String> others = accounts("stranger", "tcp-port 7800-7899").subList(0, 60);
    List<String> all = new ArrayList<>(others);
    for (int member = 0; member < 40; member++) {
      all.add(2 * member, "member" + member);
    }
    List<JsonObject> answers =
        atOnce(all, who -> who.startsWith("member") ? grouped(owner, who, 0) : proxy(who, "p", 0));
    assertEquals(THREADS, allowed(answers).size(), () -> "refused: " + reasons(answers));
    Set<Integer> shared = new TreeSet<>();
    Set<Integer> alone = new TreeSet<>();
    for (int i = 0; i < all.size(); i++) {
      int port = answers.get(i).getJsonObject("content").getInt("remote_port");
      (all.get(i).startsWith("member") ? shared : alone).add(port);
    }
    assertEquals(1, shared.size(), () -> "the group is on " + shared);
    assertEquals(60, alone.size());
    assertTrue(alone.stream().noneMatch(shared::contains));
  }

  @Test
  void ofHundredExclusiveGrantsOfOnePortOneIsGiven() throws Exception {
    List<String> names = accounts("alone", "tcp-port 1");
    List<JsonObject> answers =
        atOnce(
            names,
            name -> {
              int status =
                  admin
                      .call(
                          "POST",
                          "accounts/" + name + "/grants",
                          "{\"kind\":\"tcp-port\",\"value\":\"7900-7902\",\"exclusive\":true}")
                      .statusCode();
              return Json.createObjectBuilder().add("status", status).build();
            });
    List<Integer> given =
        answers.stream().map(answer -> answer.getInt("status")).filter(s -> s != 409).toList();
    assertEquals(List.of(201), given);
  }

  @Test
  void aProxyMayJoinAGroupWhileItIsHeld() throws Exception {
    String owner = account("joins", "tcp-port 7600");
    assertTrue(!proxy(owner, "p", 7600).getBoolean("reject"));
    JsonObject joined = grouped(owner, "p", 7600);
    assertTrue(!joined.getBoolean("reject"), joined::toString);
    assertTrue(!grouped(owner, "q", 7600).getBoolean("reject"), "and others after it");
  }

  @Test
  void namesThatDifferInOneLetterAreTwoNames() throws Exception {
    for (String name : List.of("differs", "Differs", "d\u00efffers", "stra\u00dfe", "strasse")) {
      account(name, "tcp-port 7700-7799");
    }
    // the second letter is one of four bytes
    account("wide\ud835\udc9c", "tcp-port 7700");
    for (String other : List.of("DIFFERS", "differs ", "Differs", "wide\ud835\udc9d")) {
      JsonObject answer = frps.login(other, tokens.get("differs"), "");
      assertTrue(answer.getBoolean("reject"), () -> other + ": " + answer);
    }
    for (String proxy : List.of("p", "P", "p_", "p-")) {
      JsonObject answer = proxy("differs", proxy, 0);
      assertTrue(!answer.getBoolean("reject"), answer::toString);
    }
    assertEquals(4, admin.items("leases?account=differs").size());
    for (String runId : List.of("Differing", "differing")) {
      String owner = account("owns" + runId.hashCode(), "tcp-port 7700");
      JsonObject answer = frps.login(owner, tokens.get(owner), runId);
      assertTrue(!answer.getBoolean("reject"), answer::toString);
    }
  }

  @Test
  void ofHundredLoginsAndProxiesOnlyAsManyAreLetInAsTheLimitSays() throws Exception {
    String name = account("limited", "tcp-port 7800-7899");
    admin.activate("limits: [{name: few, for: {accounts: [limited]}, sessions: 9, proxies: 4}]");
    // who asks while a policy is read is judged by the one before
    JsonObject first = frps.login(name, tokens.get(name), "");
    assertFalse(first.getBoolean("reject"), first::toString);
    List<JsonObject> logins =
        atOnce(Collections.nCopies(THREADS, name), any -> frps.login(any, tokens.get(any), ""));
    assertEquals(8, allowed(logins).size(), () -> "refused: " + reasons(logins));
    assertTrue(
        reasons(logins).stream().allMatch(reason -> reason.contains("9 of 9 sessions")),
        () -> "refused: " + reasons(logins));
    List<String> proxies = IntStream.range(0, THREADS).mapToObj(i -> "p" + i).toList();
    String runId = first.getJsonObject("content").getString("run_id");
    List<JsonObject> opened =
        atOnce(proxies, proxy -> frps.newTcpProxy(name, tokens.get(name), runId, proxy, 0));
    assertEquals(4, allowed(opened).size(), () -> "refused: " + reasons(opened));
    assertEquals(4, admin.items("leases?account=limited").size());
  }

  @Test
  void portThatAGroupHasLeftIsFreeWhileTheGroupIsElsewhere() throws Exception {
    String owner = account("moves", "tcp-port 8100-8101");
    String other = account("follows", "tcp-port 8100-8101");
    assertAllowed(grouped(owner, "a", 8100));
    close(owner, "a");
    assertAllowed(grouped(owner, "b", 8101));
    assertAllowed(proxy(other, "p", 8100));
    assertTrue(proxy(other, "q", 8101).getBoolean("reject"), "the group is there");
  }

  @Test
  void memberThatAsksElsewhereIsToldWhereItsGroupIsAndNotThatItHasTooManyPorts() throws Exception {
    String owner = account("tight", "tcp-port 8110-8119");
    admin.activate("limits: [{name: one, for: {accounts: [tight]}, ports: 1}]");
    assertAllowed(grouped(owner, "a", 8110));
    assertAllowed(grouped(owner, "b", 8110));
    JsonObject answer = grouped(owner, "c", 8111);
    assertTrue(NodeCalls.reason(answer).contains("are on port 8110"), answer::toString);
    assertTrue(NodeCalls.reason(proxy(owner, "d", 8111)).contains("1 of 1 ports"));
  }

  @Test
  void refusalOfOneDomainTakesNoOtherAwayThatTheProxyHas() throws Exception {
    String grant = "domain *.half.example";
    String owner = account("half", grant);
    String other = account("whole", grant);
    assertAllowed(http(owner, "p", "", "a.half.example"));
    assertAllowed(http(other, "p", "", "b.half.example"));
    JsonObject answer = http(owner, "p", "g", "a.half.example\",\"b.half.example");
    assertTrue(answer.getBoolean("reject"), answer::toString);
    answer = http(other, "q", "", "a.half.example");
    assertTrue(answer.getBoolean("reject"), "another has it: " + answer);
  }

  private static void assertAllowed(JsonObject answer) {
    assertFalse(answer.getBoolean("reject"), answer::toString);
  }

  private JsonObject http(String name, String proxy, String group, String domains)
      throws IOException {
    return frps.ask(
        "NewProxy",
        """
        {"user":{"user":"%s","metas":{"token":"%s"},"run_id":"r-%1$s"},"group":"%s",
         "group_key":"k","proxy_name":"%1$s.%s","proxy_type":"http","custom_domains":["%s"]}
        """
            .formatted(name, tokens.get(name), group, proxy, domains));
  }

  private JsonObject grouped(String name, String proxy, int port) throws IOException {
    return frps.ask(
        "NewProxy",
        """
        {"user":{"user":"%s","metas":{"token":"%s"},"run_id":"r-%1$s"},"group":"g-%1$s",
         "group_key":"k","proxy_name":"%1$s.%s","proxy_type":"tcp","remote_port":%d}
        """
            .formatted(name, tokens.get(name), proxy, port));
  }

  private void close(String name, String proxy) throws IOException {
    frps.ask(
        "CloseProxy",
        "{\"user\":{\"user\":\"%s\",\"metas\":{\"token\":\"%s\"},\"run_id\":\"r-%1$s\"},\"proxy_name\":\"%1$s.%s\"}"
            .formatted(name, tokens.get(name), proxy));
  }

  private JsonObject proxy(String name, String proxy, int port) throws IOException {
    return frps.newTcpProxy(name, tokens.get(name), "r-" + name, proxy, port);
  }

  private List<String> accounts(String prefix, String grant) throws IOException {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      names.add(account(prefix + i, grant));
    }
    return names;
  }

  private String account(String name, String grant) throws IOException {
    tokens.put(name, admin.account(name, grant));
    return name;
  }

  private interface Question {
    JsonObject ask(String who) throws IOException;
  }

  private List<JsonObject> atOnce(List<String> who, Question question) throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    List<Future<JsonObject>> answers = new ArrayList<>();
    for (String one : who) {
      Callable<JsonObject> asking =
          () -> {
            go.await();
            return question.ask(one);
          };
      answers.add(threads.submit(asking));
    }
    go.countDown();
    List<JsonObject> all = new ArrayList<>();
    for (Future<JsonObject> answer : answers) {
      all.add(answer.get());
    }
    return all;
  }

  private static List<JsonObject> allowed(List<JsonObject> answers) {
    return answers.stream().filter(answer -> !answer.getBoolean("reject")).toList();
  }

  private static Set<String> reasons(List<JsonObject> answers) {
    Set<String> reasons = new TreeSet<>();
    answers.stream()
        .filter(answer -> answer.getBoolean("reject"))
        .forEach(answer -> reasons.add(NodeCalls.reason(answer)));
    return reasons;
  }
}
