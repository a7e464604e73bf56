package dev.portcullis.settings;

import java.time.Duration;
import java.util.Locale;

/**
 * Where passwords of tunnel clients are checked.
 *
 * @param store {@code portcullis.password-store}: {@code ldap}, {@code server} or {@code none};
 *     default {@code ldap} when {@code portcullis.ldap.url} is set
 * @param memory {@code portcullis.password-memory}: how long a password that was right counts
 *     without asking again; PT0S for not at all
 * @param ldap the LDAP directory of {@code portcullis.password-store=ldap}
 */
public record DirectorySettings(PasswordStore store, Duration memory, LdapSettings ldap) {

  /** Who knows the passwords. */
  public enum PasswordStore {
    /** Nobody. */
    NONE,
    /** An LDAP directory that Portcullis asks itself. */
    LDAP,
    /** The identity stores of Jakarta Security in the server. */
    SERVER
  }

  static DirectorySettings read(SettingReader reader) {
    LdapSettings ldap = LdapSettings.read(reader);
    PasswordStore store =
        reader.choice(
            "portcullis.password-store",
            ldap.urls().isEmpty() ? PasswordStore.NONE : PasswordStore.LDAP);
    if (store == PasswordStore.LDAP) {
      ldap.requireComplete();
    }
    return new DirectorySettings(
        store, reader.duration("portcullis.password-memory", "PT5M", Duration.ZERO), ldap);
  }

  /** Leaves out everything but who is asked. */
  @Override
  public String toString() {
    return "DirectorySettings[store=" + store.name().toLowerCase(Locale.ROOT) + "]";
  }
}
