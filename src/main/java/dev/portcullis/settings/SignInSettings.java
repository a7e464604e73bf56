package dev.portcullis.settings;

import dev.portcullis.decision.SignInWay;
import dev.portcullis.settings.DirectorySettings.PasswordStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How tunnel clients sign in.
 *
 * @param ways {@code portcullis.sign-in}: open to accounts for which neither they themselves nor a
 *     group of theirs say otherwise; {@code token}, {@code password}, {@code jwt}, {@code ssh}
 * @param firstLogin {@code portcullis.first-login}: what becomes of somebody whom the company knows
 *     and Portcullis does not; {@code refuse} or {@code create}
 * @param sessionOutlives {@code portcullis.session-outlives}: how long a session may go on after
 *     the JSON web token that opened it has expired, or after its password was asked for
 */
public record SignInSettings(Set<SignInWay> ways, FirstLogin firstLogin, Duration sessionOutlives) {

  /** What becomes of a user without an account. */
  public enum FirstLogin {
    REFUSE,
    /** An account is made, where password or JWT prove who it is. */
    CREATE
  }

  public SignInSettings {
    ways = Set.copyOf(ways);
  }

  static SignInSettings read(SettingReader reader) {
    return new SignInSettings(
        ways(reader, "portcullis.sign-in"),
        reader.choice("portcullis.first-login", FirstLogin.REFUSE),
        reader.duration("portcullis.session-outlives", "P1D", Duration.ZERO));
  }

  private static Set<SignInWay> ways(SettingReader reader, String key) {
    if (reader.text(key, "").isEmpty()) {
      return Set.of(SignInWay.TOKEN);
    }
    Set<SignInWay> ways = EnumSet.noneOf(SignInWay.class);
    for (String text : reader.list(key)) {
      Optional<SignInWay> way =
          Arrays.stream(SignInWay.values())
              .filter(known -> known.text().equalsIgnoreCase(text))
              .findFirst();
      ways.add(
          way.orElseThrow(
              () ->
                  new InvalidSettingException(
                      "%s has '%s'; write one or more of %s, with a comma between two"
                          .formatted(
                              key,
                              text,
                              Arrays.stream(SignInWay.values())
                                  .map(SignInWay::text)
                                  .collect(Collectors.joining(", "))))));
    }
    return ways;
  }

  /** Stops the start where a way is open that nobody can check. */
  void requireWhoKnows(DirectorySettings directory, JwtSettings jwt) {
    if (ways.contains(SignInWay.PASSWORD) && directory.store() == PasswordStore.NONE) {
      throw new InvalidSettingException(
          "portcullis.sign-in has password, but nobody knows the passwords; set portcullis.ldap.url to your directory's address, such as ldaps://ldap.example.com, or portcullis.password-store=server, or take password out");
    }
    if (ways.contains(SignInWay.JWT) && jwt.issuer().isEmpty()) {
      throw new InvalidSettingException(
          "portcullis.sign-in has jwt, but nobody's tokens count; set portcullis.jwt.issuer to your provider's address, such as https://sso.example.com/realms/company, or take jwt out");
    }
  }
}
