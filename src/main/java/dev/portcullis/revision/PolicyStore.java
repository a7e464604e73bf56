package dev.portcullis.revision;

import dev.portcullis.change.Changed;
import dev.portcullis.database.StartOrder;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.operation.Operation;
import dev.portcullis.policy.CompiledRules;
import dev.portcullis.policy.Finding;
import dev.portcullis.policy.PolicyCompiler;
import dev.portcullis.policy.Verdict;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The policies that count, in memory. */
@ApplicationScoped
public class PolicyStore {
  private static final Logger LOG = System.getLogger(PolicyStore.class.getName());

  /** Between two attempts to read a choice that can't be read. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private RevisionRows rows;
  private volatile Policies policies =
      new Policies(new Numbered(0, PolicyCompiler.nothing()), null);

  private volatile boolean isStale;
  private volatile long nextAttempt = System.nanoTime();

  /** A compiled revision. */
  record Numbered(long revision, CompiledRules policy) {}

  private record Policies(Numbered active, @Nullable Numbered shadow) {}

  /** For the container's proxy only. */
  protected PolicyStore() {}

  @Inject
  PolicyStore(RevisionRows rows) {
    this.rows = rows;
  }

  void start(
      @Observes @Priority(StartOrder.LOAD) @Initialized(ApplicationScoped.class) Object started) {
    load();
  }

  void changed(@Observes Changed changed) {
    if (changed.kind() == Changed.Kind.POLICY) {
      // the commit that tells it is not over yet: the next question reads
      isStale = true;
    }
  }

  /** What the active policy says to a question. */
  public Verdict judge(DecisionRequest<? extends Operation> request) {
    return active().policy().judge(RequestFacts.of(request));
  }

  /** Whether no rule allows a proxy and none denies it, so that only a grant can allow it. */
  public boolean isSilentOn(DecisionRequest<NewProxy> request) {
    return judge(request).outcome() == Verdict.Outcome.NOT_ALLOWED;
  }

  /** The ports that the active policy allows to a proxy that asks for any, upwards. */
  public IntStream ports(DecisionRequest<NewProxy> request) {
    return active().policy().ports(RequestFacts.of(request));
  }

  /** For how long a port is held on the node of a question after it was left; empty in no pool. */
  public IntFunction<Optional<Duration>> holds(DecisionRequest<NewProxy> request) {
    return active().policy().holds(RequestFacts.of(request));
  }

  /** What a policy in shadow says to a question; empty where none is tried. */
  Optional<Verdict> judgeInShadow(DecisionRequest<? extends Operation> request) {
    return shadow().map(tried -> tried.policy().judge(RequestFacts.of(request)));
  }

  /** The one that decides. */
  Numbered active() {
    return current().active();
  }

  /** The one that is tried beside it. */
  Optional<Numbered> shadow() {
    return Optional.ofNullable(current().shadow());
  }

  private Policies current() {
    if (isStale && System.nanoTime() - nextAttempt >= 0) {
      refresh();
    }
    return policies;
  }

  private synchronized void refresh() {
    if (!isStale) {
      return;
    }
    isStale = false;
    try {
      load();
    } catch (RuntimeException e) {
      // what was active goes on deciding
      isStale = true;
      nextAttempt = System.nanoTime() + PAUSE.toNanos();
      LOG.log(Level.ERROR, "The policy that was chosen can't be used; the one before counts on", e);
    }
  }

  private void load() {
    ChoiceRepresentation choice = rows.choice();
    policies =
        new Policies(
            policy(choice.active()), choice.shadow() == 0 ? null : policy(choice.shadow()));
  }

  private Numbered policy(long number) {
    if (number == 0) {
      return new Numbered(0, PolicyCompiler.nothing());
    }
    PolicyRevision revision =
        rows.find(number)
            .orElseThrow(() -> new IllegalStateException("There is no policy revision " + number));
    // its tests held when it was activated; one that names no moment may fail by now
    return new Numbered(
        number,
        PolicyCompiler.compileWithoutTests(revision.document())
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "The policy revision %d can't be used by this version of Portcullis: %s"
                            .formatted(number, findings(revision.document())))));
  }

  private static String findings(String document) {
    return PolicyCompiler.compile(document, OffsetDateTime.now(ZoneOffset.UTC)).findings().stream()
        .map(Finding::toString)
        .collect(Collectors.joining("; "));
  }
}
