package dev.portcullis.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The LDAP directory that knows names, passwords and groups. A user's entry is found by a template
 * of its DN, or by a search.
 *
 * @param urls {@code portcullis.ldap.url}: {@code ldaps://host} or {@code ldap://host:port},
 *     several with a space between them; the next is asked where one does not answer
 * @param startTls {@code portcullis.ldap.start-tls}: whether {@code ldap://} turns to TLS before
 *     anything is said
 * @param plain {@code portcullis.ldap.plain}: whether passwords may go over the network unencrypted
 * @param userDn {@code portcullis.ldap.user-dn}: the DN of a user, {@code {0}} stands for the name
 * @param userBase {@code portcullis.ldap.user-base}: where to search for users instead
 * @param userFilter {@code portcullis.ldap.user-filter}: which entry there is the user's
 * @param userName {@code portcullis.ldap.user-name}: the attribute that spells a user's name;
 *     default what {@code {0}} is compared to in the template or filter
 * @param bindDn {@code portcullis.ldap.bind-dn}: who searches; default nobody for users, and the
 *     user for groups
 * @param bindPassword {@code portcullis.ldap.bind-password}: secret
 * @param groupBase {@code portcullis.ldap.group-base}: where to search for groups; none are read
 *     without
 * @param groupFilter {@code portcullis.ldap.group-filter}: which entries there are a user's groups;
 *     {@code {0}} stands for the user's DN, {@code {1}} for the name
 * @param groupName {@code portcullis.ldap.group-name}: the attribute that names a group
 * @param timeout {@code portcullis.ldap.timeout}: how long a connection, and an answer, may take
 */
public record LdapSettings(
    List<URI> urls,
    boolean startTls,
    boolean plain,
    String userDn,
    String userBase,
    String userFilter,
    String userName,
    String bindDn,
    String bindPassword,
    String groupBase,
    String groupFilter,
    String groupName,
    Duration timeout) {

  private static final String URL = "portcullis.ldap.url";
  private static final Pattern COMPARED = Pattern.compile("([A-Za-z][A-Za-z0-9-]*)=\\{0}");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]", Pattern.CASE_INSENSITIVE);

  public LdapSettings {
    urls = List.copyOf(urls);
  }

  static LdapSettings read(SettingReader reader) {
    String urls = reader.text(URL, "");
    String userDn = reader.text("portcullis.ldap.user-dn", "");
    String userFilter = reader.text("portcullis.ldap.user-filter", "(uid={0})");
    Matcher compared = COMPARED.matcher(userDn.isEmpty() ? userFilter : userDn);
    return new LdapSettings(
        urls.isEmpty()
            ? List.of()
            : Arrays.stream(urls.split("\\s+", -1)).map(LdapSettings::url).toList(),
        reader.flag("portcullis.ldap.start-tls", false),
        reader.flag("portcullis.ldap.plain", false),
        userDn,
        reader.text("portcullis.ldap.user-base", ""),
        userFilter,
        reader.text("portcullis.ldap.user-name", compared.find() ? compared.group(1) : ""),
        reader.text("portcullis.ldap.bind-dn", ""),
        reader.verbatim("portcullis.ldap.bind-password", ""),
        reader.text("portcullis.ldap.group-base", ""),
        reader.text("portcullis.ldap.group-filter", "(member={0})"),
        reader.text("portcullis.ldap.group-name", "cn"),
        reader.duration("portcullis.ldap.timeout", "PT0.5S", Duration.ofMillis(50)));
  }

  // not repeated in the sentence: whoever writes a password into a URL would find it in the log
  private static URI url(String text) {
    try {
      URI url = new URI(text);
      String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
      if (List.of("ldap", "ldaps").contains(scheme)
          && url.getHost() != null
          && url.getUserInfo() == null
          && List.of("", "/").contains(url.getPath())
          && url.getQuery() == null
          && url.getFragment() == null) {
        return new URI(scheme, null, url.getHost(), url.getPort(), null, null, null);
      }
    } catch (URISyntaxException e) {
      // the sentence below covers it
    }
    throw new InvalidSettingException(
        "%s has something that is no address of a directory; write ldaps://ldap.example.com or ldap://127.0.0.1:389, several with a space between them, and the rest in the other keys of portcullis.ldap"
            .formatted(URL));
  }

  void requireComplete() {
    if (urls.isEmpty()) {
      throw new InvalidSettingException(
          "With portcullis.password-store=ldap set %s (or the environment variable %s) to the directory's address, such as ldaps://ldap.example.com"
              .formatted(URL, SettingReader.variable(URL)));
    }
    for (URI url : urls) {
      if (!plain && !startTls && !encrypted(url) && !LOOPBACK.matcher(url.getHost()).matches()) {
        throw new InvalidSettingException(
            "%s would send passwords to %s unencrypted; write ldaps://, or set portcullis.ldap.start-tls=true, or portcullis.ldap.plain=true if that network is yours alone"
                .formatted(URL, url));
      }
    }
    if (userDn.isEmpty() == userBase.isEmpty()) {
      throw new InvalidSettingException(
          "Set either portcullis.ldap.user-dn to the DN of a user, such as uid={0},ou=people,dc=example,dc=com, or portcullis.ldap.user-base to where to search for users");
    }
    if (!userDn.isEmpty()) {
      requirePlaceholder("portcullis.ldap.user-dn", userDn, "=[^,+]*\\{0}", 0);
    } else {
      requirePlaceholder("portcullis.ldap.user-filter", userFilter, "\\{0}", 0);
    }
    if (userName.isEmpty()) {
      throw new InvalidSettingException(
          "Set portcullis.ldap.user-name to the attribute that spells a user's name, such as uid");
    }
    if (bindDn.isEmpty() != bindPassword.isEmpty()) {
      throw new InvalidSettingException(
          "Set both portcullis.ldap.bind-dn and portcullis.ldap.bind-password, or none");
    }
    if (!groupBase.isEmpty()) {
      requirePlaceholder("portcullis.ldap.group-filter", groupFilter, "\\{[01]}", 1);
    }
  }

  private static void requirePlaceholder(String key, String value, String needed, int highest) {
    boolean others =
        Pattern.compile("\\{(.?)")
            .matcher(value)
            .results()
            .anyMatch(
                found ->
                    found.group(1).isEmpty()
                        || "01".indexOf(found.group(1)) > highest
                        || "01".indexOf(found.group(1)) < 0);
    if (others || !Pattern.compile(needed).matcher(value).find()) {
      throw new InvalidSettingException(
          "%s is '%s'; write %s"
              .formatted(
                  key,
                  value,
                  highest == 0
                      ? "{0} where the name goes, as in uid={0}, and no other braces"
                      : "{0} where the user's DN goes or {1} where the name goes, and no other braces"));
    }
  }

  private static boolean encrypted(URI url) {
    return url.getScheme().equals("ldaps");
  }

  /** Leaves out what helps to ask. */
  @Override
  public String toString() {
    return "LdapSettings[urls=" + urls + "]";
  }
}
