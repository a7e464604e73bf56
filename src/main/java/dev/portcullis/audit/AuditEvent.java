package dev.portcullis.audit;

import dev.portcullis.database.Moment;
import dev.portcullis.database.RowId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened. What is not known is empty text. Text longer than its column is cut, so
 * that a client's long words never cost the record.
 */
@Entity
@Table(name = "audit_event")
public class AuditEvent {
  @Id
  @Column(name = "id", length = 36)
  private String id = RowId.next();

  @Column(name = "happened_at", length = Moment.LENGTH)
  private String happenedAt = Moment.now();

  @Enumerated(EnumType.STRING)
  @Column(name = "kind", length = 16)
  private Kind kind = Kind.DECISION;

  @Enumerated(EnumType.STRING)
  @Column(name = "outcome", length = 16)
  private Outcome outcome = Outcome.ALLOWED;

  @Column(name = "code", length = 64)
  private String code = "";

  @Column(name = "reason", length = 1000)
  private String reason = "";

  @Column(name = "actor", length = 64)
  private String actor = "";

  @Column(name = "operation", length = 64)
  private String operation = "";

  @Column(name = "target", length = 255)
  private String target = "";

  @Column(name = "detail", length = 1000)
  private String detail = "";

  @Column(name = "node_name", length = 64)
  private String nodeName = "";

  @Column(name = "account_name", length = 64)
  private String accountName = "";

  @Column(name = "claimed_user", length = 64)
  private String claimedUser = "";

  @Column(name = "run_id", length = 64)
  private String runId = "";

  @Column(name = "proxy_type", length = 16)
  private String proxyType = "";

  @Column(name = "client_address", length = 255)
  private String clientAddress = "";

  @Column(name = "correlation_id", length = 64)
  private String correlationId = "";

  @Column(name = "decision_id", length = 9)
  private String decisionId = "";

  @Column(name = "policy_revision")
  private long policyRevision;

  // null in events from before there were any
  @Column(name = "facts", columnDefinition = "text")
  private @Nullable String facts = "";

  /** Sorts of events. */
  public enum Kind {
    /** A policy chain answered frps. */
    DECISION,
    /** A call of frps was refused outside any chain. */
    CALL,
    /** An administrator changed something. */
    ADMIN,
    /** A policy that is only tried would have decided otherwise. */
    SHADOW
  }

  /** How it ended. */
  public enum Outcome {
    ALLOWED,
    /** Allowed, with changes imposed. */
    CHANGED,
    REJECTED
  }

  /** For JPA only. */
  protected AuditEvent() {}

  /** An event that happens now. */
  public AuditEvent(Kind kind, Outcome outcome, String operation) {
    this.kind = kind;
    this.outcome = outcome;
    this.operation = cut(operation, 64);
  }

  /** Why, for machines and for people; required for a rejection. */
  public AuditEvent because(String newCode, String newReason) {
    code = cut(newCode, 64);
    reason = cut(newReason, 1000);
    return this;
  }

  /** Who did it: an administrator's name. */
  public AuditEvent by(String newActor) {
    actor = cut(newActor, 64);
    return this;
  }

  /** What it was done to: a proxy, an account, a node. */
  public AuditEvent to(String newTarget) {
    target = cut(newTarget, 255);
    return this;
  }

  /** What was done; never a secret. */
  public AuditEvent saying(String newDetail) {
    detail = cut(newDetail, 1000);
    return this;
  }

  public AuditEvent at(@Nullable String newNodeName, String newCorrelationId) {
    nodeName = cut(newNodeName, 64);
    correlationId = cut(newCorrelationId, 64);
    return this;
  }

  public AuditEvent from(@Nullable String newClientAddress) {
    clientAddress = cut(newClientAddress, 255);
    return this;
  }

  /**
   * Which decision it was, and what it was made of.
   *
   * @param newPolicyRevision the number of the document's revision that judged; 0 for none
   * @param newFacts as JSON, without secrets; empty where none are known
   */
  public AuditEvent decided(String newDecisionId, long newPolicyRevision, String newFacts) {
    decisionId = newDecisionId;
    policyRevision = newPolicyRevision;
    facts = cut(newFacts, Integer.MAX_VALUE);
    return this;
  }

  public AuditEvent client(String newClaimedUser, String newRunId) {
    claimedUser = cut(newClaimedUser, 64);
    runId = cut(newRunId, 64);
    return this;
  }

  public AuditEvent account(String newAccountName) {
    accountName = cut(newAccountName, 64);
    return this;
  }

  public AuditEvent proxyType(String newProxyType) {
    proxyType = cut(newProxyType, 16);
    return this;
  }

  AuditRepresentation representation() {
    return new AuditRepresentation(
        id,
        Moment.of(happenedAt),
        kind,
        outcome,
        code,
        reason,
        actor,
        operation,
        target,
        detail,
        nodeName,
        accountName,
        claimedUser,
        runId,
        proxyType,
        clientAddress,
        correlationId,
        decisionId,
        policyRevision);
  }

  RecordedDecision recorded() {
    return new RecordedDecision(representation(), facts == null ? "" : facts);
  }

  /** Cuts, and takes out what a database can't keep or a terminal would obey. */
  private static String cut(@Nullable String text, int length) {
    if (text == null) {
      return "";
    }
    StringBuilder kept = new StringBuilder(Math.min(text.length(), length));
    text.codePoints()
        .map(c -> Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF) ? '?' : c)
        .takeWhile(c -> kept.length() + Character.charCount(c) <= length)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }
}
