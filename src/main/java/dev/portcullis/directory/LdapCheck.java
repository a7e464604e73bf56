package dev.portcullis.directory;

import dev.portcullis.directory.DirectoryAnswer.Known;
import dev.portcullis.directory.DirectoryAnswer.Refused;
import dev.portcullis.directory.DirectoryAnswer.Unavailable;
import dev.portcullis.directory.LdapConnection.Entry;
import dev.portcullis.settings.LdapSettings;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.naming.AuthenticationException;
import javax.naming.InvalidNameException;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.NoPermissionException;
import javax.naming.OperationNotSupportedException;
import javax.naming.SizeLimitExceededException;
import javax.naming.directory.InvalidAttributeValueException;
import javax.naming.directory.SearchControls;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.jspecify.annotations.Nullable;

/** Asks an LDAP directory: finds the user's entry, binds as the user, reads the groups. */
final class LdapCheck implements PasswordCheck {
  private static final Logger LOG = System.getLogger(LdapCheck.class.getName());

  /** With less time left there is no use in asking another directory. */
  private static final Duration TOO_SHORT = Duration.ofMillis(20);

  private static final int LONGEST_REASON = 300;

  private final LdapSettings settings;
  private final Duration whole;
  private final @Nullable LdapName userBase;
  private final @Nullable LdapName groupBase;

  /** The directory to ask first: the last one that answered. */
  private volatile int first;

  /**
   * @param whole how long a check may take before no other directory is asked
   */
  LdapCheck(LdapSettings settings, Duration whole) {
    this.settings = settings;
    this.whole = whole;
    this.userBase = name("portcullis.ldap.user-base", settings.userBase());
    this.groupBase = name("portcullis.ldap.group-base", settings.groupBase());
    name("portcullis.ldap.bind-dn", settings.bindDn());
    name("portcullis.ldap.user-dn", settings.userDn().replace("{0}", "name"));
  }

  private static @Nullable LdapName name(String key, String dn) {
    try {
      return dn.isEmpty() ? null : new LdapName(dn);
    } catch (InvalidNameException e) {
      throw new DirectoryException(
          "%s is '%s', which is no DN; write one such as ou=people,dc=example,dc=com"
              .formatted(key, dn));
    }
  }

  @Override
  public DirectoryAnswer check(String name, String password) {
    long end = System.nanoTime() + whole.toNanos();
    List<URI> urls = settings.urls();
    List<String> failures = new ArrayList<>();
    int start = first;
    for (int i = 0; i < urls.size(); i++) {
      Duration left = Duration.ofNanos(end - System.nanoTime());
      if (left.compareTo(TOO_SHORT) < 0) {
        break;
      }
      int index = (start + i) % urls.size();
      URI url = urls.get(index);
      Duration patience = left.compareTo(settings.timeout()) < 0 ? left : settings.timeout();
      try {
        DirectoryAnswer answer = ask(url, patience, name, password);
        first = index;
        return answer;
      } catch (NamingException | IOException e) {
        failures.add(url + ": " + reason(e));
        first = (index + 1) % urls.size();
      }
    }
    return new Unavailable(String.join("; ", failures));
  }

  private DirectoryAnswer ask(URI url, Duration patience, String name, String password)
      throws NamingException, IOException {
    boolean searched = settings.userDn().isEmpty();
    try (LdapConnection service =
        searched || !settings.bindDn().isEmpty() ? service(url, patience) : null) {
      String dn =
          searched && service != null
              ? find(service, name)
              : settings.userDn().replace("{0}", Rdn.escapeValue(name));
      if (dn == null) {
        return new Refused();
      }
      try (LdapConnection user = bind(url, patience, dn, password)) {
        if (user == null) {
          return new Refused();
        }
        LdapConnection reader = service == null || settings.bindDn().isEmpty() ? user : service;
        if (!searched && !isSpelled(reader, dn, name)) {
          return new Refused();
        }
        return new Known(groups(reader, dn, name));
      }
    }
  }

  private LdapConnection service(URI url, Duration patience) throws NamingException, IOException {
    try {
      return LdapConnection.open(
          url, settings.startTls(), patience, settings.bindDn(), settings.bindPassword());
    } catch (AuthenticationException e) {
      throw refined(
          e, "it does not admit portcullis.ldap.bind-dn with portcullis.ldap.bind-password");
    }
  }

  /** The DN of the one entry of that name; null if there is none, or more than one. */
  private @Nullable String find(LdapConnection service, String name) throws NamingException {
    List<Entry> found;
    try {
      found =
          service.search(
              base(userBase),
              SearchControls.SUBTREE_SCOPE,
              settings.userFilter(),
              List.of(name),
              settings.userName(),
              2);
    } catch (NameNotFoundException e) {
      throw refined(e, "there is nothing at portcullis.ldap.user-base that it shows");
    } catch (SizeLimitExceededException e) {
      return ambiguous(name);
    }
    if (found.size() > 1) {
      return ambiguous(name);
    }
    return found.size() == 1 && isSpelled(found.get(0), name) ? found.get(0).dn() : null;
  }

  private static @Nullable String ambiguous(String name) {
    LOG.log(
        Level.WARNING,
        "More than one entry of the directory is the user ''{0}'', so nobody is: make portcullis.ldap.user-filter narrower",
        name);
    return null;
  }

  /** Whether the entry found by the template spells the name as the client does. */
  private boolean isSpelled(LdapConnection reader, String dn, String name) throws NamingException {
    List<Entry> found =
        reader.search(
            new LdapName(dn),
            SearchControls.OBJECT_SCOPE,
            "(objectClass=*)",
            List.of(),
            settings.userName(),
            1);
    return found.size() == 1 && isSpelled(found.get(0), name);
  }

  // directories take ALICE, and more, for alice; accounts are told apart by every letter
  private boolean isSpelled(Entry entry, String name) throws NamingException {
    if (entry.values().isEmpty()) {
      throw new NamingException(
          "the attribute '%s' of a user's entry can't be read; set portcullis.ldap.user-name, or portcullis.ldap.bind-dn to somebody who may read it"
              .formatted(settings.userName()));
    }
    return entry.values().contains(name);
  }

  /** A connection of the user; null if the directory does not admit this one. */
  private @Nullable LdapConnection bind(URI url, Duration patience, String dn, String password)
      throws NamingException, IOException {
    try {
      return LdapConnection.open(url, settings.startTls(), patience, dn, password);
    } catch (AuthenticationException
        | InvalidNameException
        | NameNotFoundException
        | NoPermissionException
        // how directories say that the account is locked
        | OperationNotSupportedException
        | InvalidAttributeValueException e) {
      return null;
    }
  }

  private Set<String> groups(LdapConnection reader, String dn, String name) throws NamingException {
    if (groupBase == null) {
      return Set.of();
    }
    try {
      return reader
          .search(
              groupBase,
              SearchControls.SUBTREE_SCOPE,
              settings.groupFilter(),
              List.of(dn, name),
              settings.groupName(),
              0)
          .stream()
          .flatMap(group -> group.values().stream())
          .collect(Collectors.toSet());
    } catch (NameNotFoundException e) {
      throw refined(e, "there is nothing at portcullis.ldap.group-base that it shows");
    }
  }

  private static LdapName base(@Nullable LdapName base) {
    if (base == null) {
      throw new IllegalStateException("Settings promise a base where there is no template");
    }
    return base;
  }

  private static NamingException refined(NamingException cause, String sentence) {
    NamingException refined = new NamingException(sentence);
    refined.setRootCause(cause);
    return refined;
  }

  // directories put anything into their messages
  private static String reason(Exception e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String text =
        e.getClass().getSimpleName()
            + ": "
            + e.getMessage()
            + (root == e ? "" : " (" + root.getMessage() + ")");
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) : line;
  }
}
