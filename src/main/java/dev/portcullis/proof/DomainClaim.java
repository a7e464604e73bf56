package dev.portcullis.proof;

import dev.portcullis.database.Moment;
import dev.portcullis.database.RowId;
import dev.portcullis.settings.ReservationSettings;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A domain that an account says is its own. While that is proved, no other account's is. */
@Entity
@Table(name = "domain_claim")
public class DomainClaim {
  private static final int OF_AGE = 10;
  private static final int OF_RECHECK = 24;
  private static final int LONGEST_NOTE = 400;

  @Id
  @Column(name = "id", length = 36)
  private String id = RowId.next();

  @Column(name = "account_id", length = 36)
  private String accountId = "";

  @Column(name = "account_name", length = 64)
  private String accountName = "";

  @Column(name = "domain", length = 253)
  private String domain = "";

  @Enumerated(EnumType.STRING)
  @Column(name = "state", length = 16)
  private ProofState state = ProofState.PENDING;

  // unique
  @Column(name = "proved_domain", length = 253)
  private @Nullable String provedDomain;

  @Column(name = "note", length = LONGEST_NOTE)
  private String note = "";

  @Column(name = "created_at", length = Moment.LENGTH)
  private String createdAt = "";

  @Column(name = "proved_at", length = Moment.LENGTH)
  private @Nullable String provedAt;

  @Column(name = "missing_since", length = Moment.LENGTH)
  private @Nullable String missingSince;

  @Column(name = "checked_at", length = Moment.LENGTH)
  private @Nullable String checkedAt;

  @Column(name = "next_check_at", length = Moment.LENGTH)
  private String nextCheckAt = "";

  @Version
  @Column(name = "version")
  private long version;

  /** For JPA only. */
  protected DomainClaim() {}

  DomainClaim(String accountId, String accountName, String domain, OffsetDateTime now) {
    this.accountId = accountId;
    this.accountName = accountName;
    this.domain = domain;
    this.createdAt = Moment.text(now);
    this.nextCheckAt = Moment.text(now);
  }

  /**
   * Takes what DNS has said.
   *
   * @param text of the record that proves it
   * @param isAnothers whether another account has proved the domain
   */
  void take(
      TxtAnswer answer,
      String text,
      boolean isAnothers,
      ReservationSettings settings,
      OffsetDateTime now) {
    checkedAt = Moment.text(now);
    if (answer instanceof TxtAnswer.Failed failed) {
      note("The record could not be looked up, which counts for nothing: " + failed.cause());
      loseAfter(settings.domainGrace(), now);
    } else if (answer instanceof TxtAnswer.Found found && found.texts().contains(text)) {
      found(isAnothers, now);
    } else {
      missed(answer, settings.domainGrace(), now);
    }
    nextCheckAt = Moment.text(now.plus(pause(settings, now)));
  }

  private void found(boolean isAnothers, OffsetDateTime now) {
    if (isAnothers && !state.holds()) {
      note(
          "The record is there, but another account has proved this domain before; it must lose it first: by its record, or by an administrator who takes its claim away");
      return;
    }
    if (!state.holds()) {
      provedAt = Moment.text(now);
    }
    state = ProofState.PROVED;
    provedDomain = domain;
    missingSince = null;
    note("");
  }

  private void missed(TxtAnswer answer, Duration grace, OffsetDateTime now) {
    note(
        answer instanceof TxtAnswer.Found
            ? "The host has other texts than the one that is asked for"
            : "There is no such record yet, or no more");
    if (!state.holds()) {
      return;
    }
    if (missingSince == null) {
      missingSince = Moment.text(now);
    }
    state = ProofState.MISSING;
    loseAfter(grace, now);
  }

  /** Without its record a domain is kept for the grace, and not longer when nobody can look. */
  private void loseAfter(Duration grace, OffsetDateTime now) {
    if (state == ProofState.MISSING
        && missingSince != null
        && !Moment.of(missingSince).plus(grace).isAfter(now)) {
      state = ProofState.LOST;
      provedDomain = null;
      provedAt = null;
    }
  }

  /** A new claim is looked at soon, an old one that nobody proves seldom. */
  private Duration pause(ReservationSettings settings, OffsetDateTime now) {
    Duration longest = settings.domainRecheck();
    Duration shortest = settings.domainPending();
    Duration pause =
        switch (state) {
          case PROVED -> longest;
          case MISSING -> longest.dividedBy(OF_RECHECK);
          case PENDING, LOST -> Duration.between(Moment.of(createdAt), now).dividedBy(OF_AGE);
        };
    if (pause.compareTo(longest) > 0) {
      pause = longest;
    }
    return pause.compareTo(shortest) < 0 ? shortest : pause;
  }

  private void note(String text) {
    note = text.length() > LONGEST_NOTE ? text.substring(0, LONGEST_NOTE) : text;
  }

  /** Somebody looks it up just now. */
  void postpone(OffsetDateTime until) {
    nextCheckAt = Moment.text(until);
  }

  String id() {
    return id;
  }

  String accountId() {
    return accountId;
  }

  String accountName() {
    return accountName;
  }

  String domain() {
    return domain;
  }

  ProofState state() {
    return state;
  }

  OffsetDateTime nextCheckAt() {
    return Moment.of(nextCheckAt);
  }

  DomainClaimRepresentation representation(Challenge challenge) {
    return new DomainClaimRepresentation(
        id,
        domain,
        state.word(),
        challenge.host(),
        challenge.text(),
        note,
        Moment.of(createdAt),
        moment(provedAt),
        moment(missingSince),
        moment(checkedAt),
        Moment.of(nextCheckAt));
  }

  private static @Nullable OffsetDateTime moment(@Nullable String text) {
    return text == null ? null : Moment.of(text);
  }

  @Override
  public String toString() {
    return "DomainClaim[" + domain + ", " + accountId + ", " + state + "]";
  }
}
