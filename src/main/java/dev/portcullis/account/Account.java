package dev.portcullis.account;

import dev.portcullis.database.Moment;
import dev.portcullis.database.RowId;
import dev.portcullis.group.SignInWays;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Somebody who may publish through frp. */
@Entity
@Table(name = "account")
public class Account {
  @Id
  @Column(name = "id", length = 36)
  private String id = RowId.next();

  @Column(name = "name", length = 64)
  private String name = "";

  @Column(name = "description", length = 400)
  private String description = "";

  @Column(name = "enabled")
  private boolean enabled = true;

  @Column(name = "expires_at", length = Moment.LENGTH)
  private @Nullable String expiresAt;

  @Column(name = "created_at", length = Moment.LENGTH)
  private String createdAt = Moment.now();

  @Column(name = "group_names", columnDefinition = "text")
  private @Nullable String groups;

  @Column(name = "directory_groups", columnDefinition = "text")
  private @Nullable String directoryGroups;

  @Column(name = "labels", columnDefinition = "text")
  private @Nullable String labels;

  @Column(name = "sign_in", length = SignInWays.LENGTH)
  private @Nullable String signIn;

  @Version
  @Column(name = "version")
  private long version;

  /** For JPA only. */
  protected Account() {}

  Account(String name) {
    this.name = name;
  }

  String id() {
    return id;
  }

  String name() {
    return name;
  }

  boolean enabled() {
    return enabled;
  }

  @Nullable OffsetDateTime expiresAt() {
    return expiresAt == null ? null : Moment.of(expiresAt);
  }

  void describe(String newDescription) {
    description = newDescription;
  }

  void enable(boolean nowEnabled) {
    enabled = nowEnabled;
  }

  /** Ends at {@code moment}; null for no end. */
  void expireAt(@Nullable OffsetDateTime moment) {
    expiresAt = moment == null ? null : Moment.text(moment);
  }

  SortedSet<String> groups() {
    return lines(groups);
  }

  /** Those that administrators have put it into. */
  void join(SortedSet<String> newGroups) {
    groups = text(newGroups);
  }

  SortedSet<String> directoryGroups() {
    return lines(directoryGroups);
  }

  /** Those that the company's directory names; whoever reads them sorts them. */
  void learn(Set<String> newGroups) {
    directoryGroups = text(new TreeSet<>(newGroups));
  }

  Map<String, String> labels() {
    return Labels.ofColumn(labels);
  }

  /** Puts just these on it. */
  void label(Map<String, String> newLabels) {
    labels = Labels.column(newLabels);
  }

  @Nullable SignInWays signIn() {
    return SignInWays.ofColumn(signIn);
  }

  /** Opens just these ways; null leaves it to groups and settings. */
  void open(@Nullable SignInWays newWays) {
    signIn = newWays == null ? null : newWays.column();
  }

  private static @Nullable String text(SortedSet<String> lines) {
    return lines.isEmpty() ? null : String.join("\n", lines);
  }

  private static SortedSet<String> lines(@Nullable String text) {
    return text == null ? new TreeSet<>() : new TreeSet<>(List.of(text.split("\n", -1)));
  }

  AccountRepresentation representation() {
    SignInWays ways = signIn();
    return new AccountRepresentation(
        name,
        description,
        enabled,
        expiresAt(),
        List.copyOf(groups()),
        List.copyOf(directoryGroups()),
        labels(),
        ways == null ? null : ways.texts(),
        Moment.of(createdAt),
        null,
        null);
  }

  @Override
  public String toString() {
    return "Account[" + name + ", version " + version + "]";
  }
}
