package dev.portcullis.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.decision.Asked;
import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.policy.Facts;
import dev.portcullis.reservation.GrantSet;
import dev.portcullis.reservation.GrantStore;
import dev.portcullis.reservation.Owned;
import dev.portcullis.revision.PolicyStore;
import dev.portcullis.revision.Ruled;
import dev.portcullis.rule.Publishing;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What is told of a policy is what the chain does, tried on thousands of documents and grants. */
class TreatmentPropertyTest {
  private static final int ROUNDS = 3_000;
  private final Random random = new Random(20261125);

  private String any(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private String document() {
    StringBuilder text = new StringBuilder("pools: {web: {ports: [500-600]}}\nrules:\n");
    int rules = 1 + random.nextInt(4);
    for (int rule = 0; rule < rules; rule++) {
      text.append(
              "  - {name: r%d, %s: {everyone: true}".formatted(rule, any("allow", "allow", "deny")))
          .append(
              any(
                  ", proxies: {types: [tcp]}",
                  ", proxies: {types: [stcp, http]}",
                  ", proxies: {ports: [1-1000, 2000]}",
                  ", proxies: {ports: [80]}",
                  ", proxies: {pools: [web]}",
                  ", proxies: {domains: ['*.example.com']}",
                  ", proxies: {domains: [a.example.com], subdomains: ['${account}*']}",
                  ", proxies: {subdomains: [bob]}",
                  ", proxies: {names: [w*]}"))
          .append("}\n");
    }
    return text.toString();
  }

  private GrantStore grants() {
    List<String> grants = new ArrayList<>();
    for (String grant :
        List.of(
            "tcp-port 80",
            "tcp-port 550-560",
            "domain a.example.com",
            "domain *.example.org",
            "subdomain alice",
            "proxy-type stcp",
            "proxy-name web")) {
      if (random.nextInt(3) == 0) {
        grants.add(grant);
      }
    }
    return Owned.store(grants.toArray(String[]::new));
  }

  private NewProxy proxy() {
    String type = any("tcp", "http", "stcp");
    NewProxy proxy = Asked.proxy(type, any("alice.web", "alice.ssh"));
    if (type.equals("tcp")) {
      return proxy
          .edit()
          .remotePort(Integer.parseInt(any("0", "80", "550", "600", "2000", "9000")))
          .done();
    }
    if (type.equals("stcp")) {
      return proxy;
    }
    List<String> domains =
        switch (random.nextInt(4)) {
          case 0 -> List.of();
          case 1 -> List.of("a.example.com");
          case 2 -> List.of("a.example.com", "b.example.org");
          default -> List.of("*.example.com");
        };
    // without any host it is refused whatever a policy says
    String subdomain = domains.isEmpty() ? any("alice", "bob") : any("", "alice", "bob");
    return proxy.edit().customDomains(domains).subdomain(subdomain).done();
  }

  @Test
  void isWhatTheChainDoes() {
    int allowed = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String document = document();
      PolicyStore policies = Ruled.by(document);
      GrantStore owned = grants();
      DecisionRequest<NewProxy> request = Asked.byAlice(proxy());
      Decision<NewProxy> decision = Publishing.decide(request, owned, policies);
      boolean isAllowed = decision instanceof Decision.Allowed;
      allowed += isAllowed ? 1 : 0;
      Supplier<GrantSet> grants = () -> owned.of("alice-id");
      Facts facts = policies.facts(request);
      String told = document + request.content() + " " + decision;
      assertEquals(
          isAllowed,
          Treatment.of(policies.active().policy(), facts, grants, domain -> false).allowed(),
          told);
      // another draft, about what was decided, with the same grants
      PolicyStore draft = Ruled.by(document());
      assertEquals(
          Publishing.decide(Asked.byAlice(request.content()), owned, draft)
              instanceof Decision.Allowed,
          Treatment.instead(
                  draft.active().policy(),
                  policies.active().policy(),
                  facts,
                  isAllowed,
                  grants,
                  domain -> false)
              .allowed(),
          () -> told + draft.active().policy().document().rules());
    }
    assertTrue(allowed > ROUNDS / 10 && allowed < ROUNDS * 9 / 10, "allowed: " + allowed);
  }
}
