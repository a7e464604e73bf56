package dev.portcullis.trial;

import dev.portcullis.audit.DecisionSelection;
import dev.portcullis.database.Moment;
import dev.portcullis.database.RowId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A draft that is asked about recorded decisions again. */
@Entity
@Table(name = "policy_replay")
public class Replay {
  /** After such a silence the replica that did it is taken for dead. */
  private static final Duration SILENCE = Duration.ofSeconds(15);

  @Id
  @Column(name = "id", length = 36)
  private String id = RowId.next();

  // 0 where there is a document
  @Column(name = "revision")
  private long revision;

  @Column(name = "document", columnDefinition = "text")
  private @Nullable String document;

  @Column(name = "period_from", length = Moment.LENGTH)
  private String from = "";

  @Column(name = "period_until", length = Moment.LENGTH)
  private String until = "";

  @Column(name = "account_name", length = 64)
  private String account = "";

  @Column(name = "node_name", length = 64)
  private String node = "";

  @Column(name = "operation", length = 64)
  private String operation = "";

  @Column(name = "author", length = 255)
  private String author = "";

  @Column(name = "created_at", length = Moment.LENGTH)
  private String createdAt = Moment.now();

  @Enumerated(EnumType.STRING)
  @Column(name = "state", length = 16)
  private State state = State.WAITING;

  // counts the starts: a replica whose job was started again elsewhere saves nothing more
  @Column(name = "attempt")
  private long attempt = 1;

  @Column(name = "started_at", length = Moment.LENGTH)
  private String startedAt = Moment.now();

  @Column(name = "saved_at", length = Moment.LENGTH)
  private String savedAt = Moment.now();

  @Column(name = "rows_done")
  private long done;

  @Column(name = "rows_expected")
  private long expected;

  @Column(name = "results", columnDefinition = "text")
  private @Nullable String results;

  @Column(name = "failure", length = 1000)
  private String failure = "";

  /** How far it is; public, since OpenJPA reads it by reflection. */
  public enum State {
    WAITING,
    RUNNING,
    DONE,
    FAILED
  }

  /** For JPA only. */
  protected Replay() {}

  Replay(long revision, @Nullable String document, DecisionSelection selection, String author) {
    this.revision = revision;
    this.document = document;
    this.from = Moment.text(selection.from());
    this.until = Moment.text(selection.until());
    this.account = selection.account();
    this.node = selection.node();
    this.operation = selection.operation();
    this.author = author;
  }

  String id() {
    return id;
  }

  long revision() {
    return revision;
  }

  @Nullable String document() {
    return document;
  }

  long attempt() {
    return attempt;
  }

  DecisionSelection selection() {
    return new DecisionSelection(Moment.of(from), Moment.of(until), account, node, operation);
  }

  /** Whether a replica is at it, or is going to be. */
  boolean isUnderWay() {
    return isUnfinished() && !isSilent();
  }

  private boolean isUnfinished() {
    return state == State.WAITING || state == State.RUNNING;
  }

  private boolean isSilent() {
    return Moment.of(savedAt).plus(SILENCE).isBefore(OffsetDateTime.now(ZoneOffset.UTC));
  }

  /** From the beginning. */
  void startAgain() {
    attempt++;
    state = State.WAITING;
    startedAt = Moment.now();
    savedAt = startedAt;
    done = 0;
    expected = 0;
    results = null;
    failure = "";
  }

  void run(long rows) {
    state = State.RUNNING;
    startedAt = Moment.now();
    savedAt = startedAt;
    expected = rows;
  }

  /** Somebody is going to be at it. */
  void queue() {
    savedAt = Moment.now();
  }

  void save(long rows, String newResults) {
    savedAt = Moment.now();
    done = rows;
    results = newResults;
  }

  void finish() {
    state = State.DONE;
  }

  void fail(String sentence) {
    savedAt = Moment.now();
    state = State.FAILED;
    failure = sentence;
  }

  ReplayRepresentation representation() {
    boolean running = state == State.RUNNING && !isSilent();
    return new ReplayRepresentation(
        id,
        isUnfinished() && isSilent() ? "interrupted" : state.name().toLowerCase(Locale.ROOT),
        revision,
        Moment.of(from),
        Moment.of(until),
        account,
        node,
        operation,
        author,
        Moment.of(createdAt),
        done,
        expected,
        running ? end() : null,
        failure.isEmpty() ? null : failure,
        results == null ? null : ReplayResults.read(results));
  }

  /** When it will be done if it goes on as until now. */
  private @Nullable OffsetDateTime end() {
    Duration taken = Duration.between(Moment.of(startedAt), Moment.of(savedAt));
    return done == 0
        ? null
        : Moment.of(startedAt).plusNanos((long) ((double) taken.toNanos() / done * expected));
  }

  @Override
  public String toString() {
    return "Replay[" + id + ", " + state + "]";
  }
}
