package dev.portcullis.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.operation.Operation;
import java.util.ArrayList;
import java.util.List;

/** The rest of a chain, for the tests of one policy: notes what comes to it, and allows it. */
public final class Next<C extends Operation> implements DecisionPoint<C> {
  private final List<DecisionRequest<C>> requests = new ArrayList<>();

  @Override
  public Decision<C> decide(DecisionRequest<C> request) {
    requests.add(request);
    return Decision.allowed(request.content());
  }

  /** The one request that came, if one came. */
  public DecisionRequest<C> only() {
    assertEquals(1, requests.size(), "requests that came further in");
    return requests.get(0);
  }

  /** How many came. */
  public int count() {
    return requests.size();
  }
}
