package dev.portcullis.settings;

import java.time.Duration;
import java.util.List;

/**
 * How people who administer sign in, and what they may.
 *
 * @param auth {@code portcullis.auth}: {@code realm}, {@code oidc} or {@code server}
 * @param admins {@code portcullis.roles.admin}: the groups whose members may do everything
 * @param operators {@code portcullis.roles.operator}: the groups whose members may see everything
 *     and free what is held
 * @param auditors {@code portcullis.roles.auditor}: the groups whose members may see everything
 * @param sessionIdle {@code portcullis.session-idle}: a browser's session of which nothing was seen
 *     for this long has ended
 * @param sessionLength {@code portcullis.session-length}: a browser's session ends after this time,
 *     whatever happens
 */
public record PeopleSettings(
    Auth auth,
    List<String> admins,
    List<String> operators,
    List<String> auditors,
    Duration sessionIdle,
    Duration sessionLength) {

  /** Who asks a person for a proof. */
  public enum Auth {
    /** The server's realm: a form for browsers, BASIC for the API. */
    REALM,
    /** An OpenID provider, through Jakarta Security. */
    OIDC,
    /** Whatever the server itself puts before the application. */
    SERVER
  }

  public PeopleSettings {
    admins = List.copyOf(admins);
    operators = List.copyOf(operators);
    auditors = List.copyOf(auditors);
  }

  static PeopleSettings read(SettingReader reader) {
    return new PeopleSettings(
        reader.choice("portcullis.auth", Auth.REALM),
        reader.names("portcullis.roles.admin", "portcullis-admin"),
        reader.names("portcullis.roles.operator", "portcullis-operator"),
        reader.names("portcullis.roles.auditor", "portcullis-auditor"),
        reader.duration("portcullis.session-idle", "PT30M", Duration.ofSeconds(1)),
        reader.duration("portcullis.session-length", "PT8H", Duration.ofSeconds(1)));
  }
}
