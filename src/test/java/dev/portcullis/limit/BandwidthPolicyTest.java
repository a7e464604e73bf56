package dev.portcullis.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.decision.Asked;
import dev.portcullis.decision.Next;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.revision.Ruled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BandwidthPolicyTest {
  private static final String LIMITS =
      """
      limits:
        - {name: all, for: {everyone: true}, bandwidth: 2MB}
        - {name: alice, for: {accounts: [alice]}, bandwidth: 1MB}
        - {name: there, for: {everyone: true}, nodes: [other], bandwidth: 1KB}
      """;

  private static NewProxy limited(NewProxy asked, String document) {
    Next<NewProxy> next = new Next<>();
    new BandwidthPolicy(next, Ruled.by(document)).decide(Asked.byAlice(asked));
    return next.only().content();
  }

  @ParameterizedTest
  @CsvSource({"'',1MB", "3MB,1MB", "1024KB,1024KB", "10KB,10KB", "nonsense,1MB"})
  void givesTheSlowestOfWhatIsAskedAndWhatLimitsSay(String asked, String given) {
    NewProxy proxy = limited(Asked.proxy("tcp").edit().serverBandwidth(asked).done(), LIMITS);
    assertEquals(Asked.proxy("tcp").edit().serverBandwidth(given).done(), proxy);
  }

  @Test
  void leavesAProxyAloneThatNothingLimits() {
    NewProxy asked = Asked.proxy("tcp").edit().serverBandwidth("9MB").done();
    assertEquals(asked, limited(asked, "limits: [{name: n, for: {groups: [x]}, bandwidth: 1MB}]"));
    assertEquals(asked, limited(asked, "limits: [{name: n, for: {everyone: true}, proxies: 1}]"));
  }
}
