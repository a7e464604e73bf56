package dev.portcullis.revision;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.admin.ProblemException;
import dev.portcullis.change.Changed;
import dev.portcullis.database.StartOrder;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.geo.GeoStore;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.operation.Operation;
import dev.portcullis.policy.CompiledRules;
import dev.portcullis.policy.Facts;
import dev.portcullis.policy.FactsText;
import dev.portcullis.policy.Finding;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.PolicyCompiler;
import dev.portcullis.policy.Rewriting;
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
import java.util.ArrayList;
import java.util.List;
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
  private VisitorPlace places;
  private final Cache<Long, CompiledRules> others = Caffeine.newBuilder().maximumSize(8).build();
  private volatile Policies policies =
      new Policies(new Numbered(0, PolicyCompiler.nothing()), List.of());

  private volatile boolean isStale;
  private volatile long nextAttempt = System.nanoTime();

  /** A compiled revision. */
  public record Numbered(long revision, CompiledRules policy) {}

  /** The one that decides, and those that are only tried beside it. */
  private record Policies(Numbered active, List<Numbered> tried) {}

  /** For the container's proxy only. */
  protected PolicyStore() {}

  @Inject
  PolicyStore(RevisionRows rows, GeoStore geo) {
    this.rows = rows;
    this.places = new VisitorPlace(geo);
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
    CompiledRules policy = active(request).policy();
    return policy.judge(places.in(RequestFacts.of(request), policy));
  }

  /** Whether no rule allows a proxy and none denies it, so that only a grant can allow it. */
  public boolean isSilentOn(DecisionRequest<NewProxy> request) {
    return judge(request).outcome() == Verdict.Outcome.NOT_ALLOWED;
  }

  /** The ports that the active policy allows to a proxy that asks for any, upwards. */
  public IntStream ports(DecisionRequest<NewProxy> request) {
    return active(request).policy().ports(RequestFacts.of(request));
  }

  /** For how long a port is held on the node of a question after it was left; empty in no pool. */
  public IntFunction<Optional<Duration>> holds(DecisionRequest<NewProxy> request) {
    return active(request).policy().holds(RequestFacts.of(request));
  }

  /** What the active policy makes of a proxy before it judges it. */
  public Rewriting rewriting(DecisionRequest<NewProxy> request) {
    return active(request)
        .policy()
        .rewriting(RequestFacts.of(request), request.content().user().runId());
  }

  /** What the active policy makes of a proxy that is not asked for at the moment. */
  public Rewriting rewriting(Facts facts) {
    return active().policy().rewriting(facts, "");
  }

  /** The limits of the active policy that apply to a question. */
  public Limits limits(DecisionRequest<? extends Operation> request) {
    return active(request).policy().limits(RequestFacts.of(request));
  }

  /** What of a policy can't be decided on this server. */
  List<Finding> undecidable(CompiledRules policy) {
    return places.findings(policy);
  }

  /**
   * The ports that the active policy allows, for a reason that tells whoever asked; empty where it
   * allows none. Of many only the first.
   */
  public Optional<String> portsText(DecisionRequest<NewProxy> request) {
    return RuledText.ofPorts(
        ports(request.withContent(request.content().edit().remotePort(0).done())));
  }

  /** See {@link #portsText}. */
  public Optional<String> domainsText(DecisionRequest<NewProxy> request) {
    return RuledText.of(active(request).policy().domains(RequestFacts.of(request)));
  }

  /** See {@link #portsText}. */
  public Optional<String> subdomainsText(DecisionRequest<NewProxy> request) {
    return RuledText.of(active(request).policy().subdomains(RequestFacts.of(request)));
  }

  /** Notes in the trace of a question by what it is judged: its facts, and the active policy. */
  public void note(DecisionRequest<? extends Operation> request) {
    Policies now = of(request);
    request
        .trace()
        .judgedBy(
            now.active().revision(),
            () ->
                FactsText.of(
                    facts(request),
                    key ->
                        now.active().policy().namesMeta(key)
                            || now.tried().stream()
                                .anyMatch(tried -> tried.policy().namesMeta(key))));
  }

  /** What policies see of a question, the active one and those that are tried. */
  public Facts facts(DecisionRequest<? extends Operation> request) {
    Policies now = of(request);
    Facts facts = RequestFacts.of(request);
    for (Numbered policy : now.tried()) {
      facts = places.in(facts, policy.policy());
    }
    return places.in(facts, now.active().policy());
  }

  /** The same facts, with what a policy wants to know of a visitor where they don't tell it. */
  public Facts placed(Facts facts, CompiledRules policy) {
    return places.in(facts, policy);
  }

  /** The one that decides a question, from its beginning to its end. */
  public Numbered active(DecisionRequest<? extends Operation> request) {
    return of(request).active();
  }

  /** The one that decides. */
  public Numbered active() {
    return current().active();
  }

  /**
   * Those that are tried beside it: the active one as if all its rules were enforced, where some
   * are not, and the one in shadow.
   */
  public List<Numbered> tried(DecisionRequest<? extends Operation> request) {
    return of(request).tried();
  }

  /**
   * The policy of a revision.
   *
   * @throws IllegalStateException where there is none, or this version of Portcullis can't use it
   */
  public CompiledRules of(long revision) {
    Numbered active = active();
    return active.revision() == revision
        ? active.policy()
        : others.get(revision, number -> policy(number).policy());
  }

  /**
   * The policy that somebody means: a text that is not saved, or a revision.
   *
   * @param revision null for the active one
   * @param document null for a revision
   * @throws ProblemException 400 for a text with errors, 404 for a revision that there is not
   */
  public Numbered meant(@Nullable Long revision, @Nullable String document) {
    if (document != null) {
      PolicyCompiler.Result result =
          PolicyCompiler.compile(document, OffsetDateTime.now(ZoneOffset.UTC));
      refuseUnusable(result);
      return new Numbered(0, result.policy().orElseThrow());
    }
    Numbered active = active();
    if (revision == null || revision == active.revision()) {
      return active;
    }
    if (revision != 0 && rows.find(revision).isEmpty()) {
      throw ProblemException.notFound("There is no policy revision " + revision);
    }
    return new Numbered(revision, of(revision));
  }

  static void refuseUnusable(PolicyCompiler.Result result) {
    if (result.policy().isEmpty()) {
      throw ProblemException.badRequest(
          result.findings().stream().map(Finding::toString).collect(Collectors.joining("\n")));
    }
  }

  private Policies of(DecisionRequest<? extends Operation> request) {
    return request.trace().keep(Policies.class, this::current);
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
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      // what was active goes on deciding
      isStale = true;
      nextAttempt = System.nanoTime() + PAUSE.toNanos();
      LOG.log(Level.ERROR, "The policy that was chosen can't be used; the one before counts on", e);
    }
  }

  private void load() {
    ChoiceRepresentation choice = rows.choice();
    Numbered active = policy(choice.active());
    List<Numbered> tried = new ArrayList<>();
    active
        .policy()
        .allEnforced()
        .ifPresent(policy -> tried.add(new Numbered(active.revision(), policy)));
    shadow(choice.shadow()).ifPresent(tried::add);
    policies = new Policies(active, List.copyOf(tried));
  }

  /** One that can't be used must not keep the active one from deciding. */
  private Optional<Numbered> shadow(long number) {
    try {
      return number == 0 ? Optional.empty() : Optional.of(policy(number));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "The policy in shadow can't be used; none is tried", e);
      return Optional.empty();
    }
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
