package dev.portcullis.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the operator has set. A key is a system property, or an environment variable in capitals
 * with underscores: {@code portcullis.answer-budget} or {@code PORTCULLIS_ANSWER_BUDGET}. Durations
 * are ISO 8601 ({@code PT0.8S}).
 *
 * @param key {@code portcullis.key}: secret of at least 32 characters, the same on every replica;
 *     hashes and session grants depend on it; required
 * @param answerBudget {@code portcullis.answer-budget}: frps has an answer within this time,
 *     whatever happens
 * @param bodyLimit {@code portcullis.body-limit}: the largest request of frps in bytes
 * @param workers {@code portcullis.workers}: decisions made at the same time
 * @param queue {@code portcullis.queue}: decisions that may wait for a worker
 * @param unknownOperation {@code portcullis.unknown-operation}: the answer to an operation of a
 *     newer frp, {@code reject} or {@code allow}
 * @param accountCache {@code portcullis.account-cache}: accounts kept in memory
 * @param changePoll {@code portcullis.change-poll}: how often changes by other replicas are looked
 *     for
 * @param renewalInterval {@code portcullis.renewal-interval}: how often the last sight of sessions
 *     and leases is written
 * @param leaseTime {@code portcullis.lease-time}: a lease of which nothing was seen for this long
 *     may be taken by another account
 * @param sessionRetention {@code portcullis.session-retention}: a run id of which nothing was seen
 *     for this long is forgotten
 * @param directory where passwords of tunnel clients are checked
 * @param people how people who administer sign in
 * @param oidc where they do so with {@code portcullis.auth=oidc}
 * @param jwt whose JSON web tokens count
 * @param signIn how tunnel clients sign in
 * @param throttle how those are slowed who fail to
 * @param geo {@code portcullis.geo}: files in MaxMind's format that know the countries of addresses
 *     and the operators of their networks, with a comma between two
 * @param reservation whose ports and domains are
 */
public record Settings(
    String key,
    Duration answerBudget,
    int bodyLimit,
    int workers,
    int queue,
    UnknownOperation unknownOperation,
    int accountCache,
    Duration changePoll,
    Duration renewalInterval,
    Duration leaseTime,
    Duration sessionRetention,
    DirectorySettings directory,
    PeopleSettings people,
    OidcSettings oidc,
    JwtSettings jwt,
    SignInSettings signIn,
    ThrottleSettings throttle,
    List<Path> geo,
    ReservationSettings reservation) {

  public Settings {
    geo = List.copyOf(geo);
  }

  /** What to answer to an operation that this version does not know. */
  public enum UnknownOperation {
    REJECT,
    ALLOW
  }

  /** Leaves out the key. */
  @Override
  public String toString() {
    return "Settings[answerBudget=" + answerBudget + ", workers=" + workers + "]";
  }

  /**
   * Reads the settings of this server process.
   *
   * @throws InvalidSettingException naming the key and what it should be
   */
  public static Settings ofProcess() {
    return read(SettingReader::ofProcess);
  }

  /**
   * Reads the settings.
   *
   * @param text gives the text of a key, or null when it is not set
   * @throws InvalidSettingException naming the key and what it should be
   */
  public static Settings read(Function<String, @Nullable String> text) {
    SettingReader reader = new SettingReader(text);
    Settings settings = read(reader);
    if (settings.people().auth() == PeopleSettings.Auth.OIDC) {
      settings.oidc().requireComplete();
    }
    settings.signIn().requireWhoKnows(settings.directory(), settings.jwt());
    return settings;
  }

  private static Settings read(SettingReader reader) {
    return new Settings(
        reader.secret("portcullis.key"),
        reader.duration("portcullis.answer-budget", "PT0.8S", Duration.ofMillis(50)),
        reader.number("portcullis.body-limit", 1024 * 1024, 16 * 1024),
        reader.number("portcullis.workers", 64, 1),
        reader.number("portcullis.queue", 2048, 1),
        reader.choice("portcullis.unknown-operation", UnknownOperation.REJECT),
        reader.number("portcullis.account-cache", 100_000, 100),
        reader.duration("portcullis.change-poll", "PT0.5S", Duration.ofMillis(50)),
        reader.duration("portcullis.renewal-interval", "PT10S", Duration.ofMillis(50)),
        reader.duration("portcullis.lease-time", "PT24H", Duration.ofSeconds(1)),
        reader.duration("portcullis.session-retention", "P30D", Duration.ofMinutes(1)),
        DirectorySettings.read(reader),
        PeopleSettings.read(reader),
        OidcSettings.read(reader),
        JwtSettings.read(reader),
        SignInSettings.read(reader),
        ThrottleSettings.read(reader),
        reader.text("portcullis.geo", "").isEmpty()
            ? List.of()
            : reader.list("portcullis.geo").stream().map(Path::of).toList(),
        ReservationSettings.read(reader));
  }
}
