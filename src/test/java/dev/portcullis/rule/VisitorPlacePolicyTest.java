package dev.portcullis.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.decision.Asked;
import dev.portcullis.decision.Decision;
import dev.portcullis.decision.Next;
import dev.portcullis.geo.Geo;
import dev.portcullis.geo.GeoStore;
import dev.portcullis.geo.Mmdb;
import dev.portcullis.operation.NewUserConn;
import dev.portcullis.revision.Ruled;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisitorPlacePolicyTest {
  private static final Map<String, String> RULES =
      Map.of(
          "deny", "{name: r, deny: {everyone: true}, visitors: {countries: [DE, AT]}}",
          "allow", "{name: r, allow: {everyone: true}, visitors: {countries: [DE, AT]}}",
          "denyAsn", "{name: r, deny: {everyone: true}, visitors: {asns: [3320]}}",
          "allowAsn", "{name: r, allow: {everyone: true}, visitors: {asns: [3320]}}",
          "denyCel", "{name: r, deny: {everyone: true}, when: 'visitor.country == \"DE\"'}",
          "allowCel",
              "{name: r, allow: {everyone: true}, operations: [NewUserConn], visitors: {}, when: 'visitor.asn == 3320'}");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    // rule, which file there is, whence the visitor comes, whether it is let in
    "deny,country,192.0.2.1:5,false",
    "deny,country,198.51.100.1:5,true",
    // an address that the file does not know has no country, so it is in none
    "deny,country,10.0.0.1:5,true",
    // no address may be one of any country
    "deny,country,http://frps.example.com,false",
    "deny,none,192.0.2.1:5,false",
    "deny,none,10.0.0.1:5,false",
    "deny,asn,10.0.0.1:5,false",
    "allow,country,192.0.2.1:5,true",
    "allow,country,198.51.100.1:5,false",
    "allow,country,10.0.0.1:5,false",
    "allow,country,http://frps.example.com,false",
    "allow,none,192.0.2.1:5,false",
    "denyAsn,asn,203.0.113.1:5,false",
    "denyAsn,asn,192.0.2.1:5,true",
    "denyAsn,country,192.0.2.1:5,false",
    "allowAsn,asn,203.0.113.1:5,true",
    "allowAsn,asn,192.0.2.1:5,false",
    "allowAsn,none,203.0.113.1:5,false",
    "denyCel,country,192.0.2.1:5,false",
    "denyCel,country,198.51.100.1:5,true",
    "denyCel,none,198.51.100.1:5,false",
    "allowCel,asn,203.0.113.1:5,true",
    "allowCel,asn,192.0.2.1:5,false",
    "allowCel,none,203.0.113.1:5,false",
  })
  void deniesWhatItCantTellAndDoesNotAllowIt(
      String rule, String file, String remoteAddress, boolean isLetIn) throws IOException {
    Next<NewUserConn> next = new Next<>();
    Decision<NewUserConn> decision =
        new RulePolicy<>(next, Ruled.by("rules: [" + RULES.get(rule) + "]", geo(file)))
            .decide(
                Asked.byAlice(
                    new NewUserConn(Asked.user(Map.of()), "alice.web", "tcp", remoteAddress)));
    assertEquals(isLetIn, decision instanceof Decision.Allowed, decision::toString);
    assertEquals(isLetIn ? 1 : 0, next.count());
  }

  private GeoStore geo(String file) throws IOException {
    return switch (file) {
      case "country" ->
          Geo.of(
              Mmdb.ofCountries()
                  .country("192.0.2.0/24", "DE")
                  .country("198.51.100.0/24", "FR")
                  .write(folder.resolve("country.mmdb")));
      case "asn" ->
          Geo.of(
              Mmdb.ofOperators()
                  .operator("203.0.113.0/24", 3320)
                  .write(folder.resolve("asn.mmdb")));
      default -> Geo.none();
    };
  }
}
