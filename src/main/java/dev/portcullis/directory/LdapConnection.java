package dev.portcullis.directory;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import javax.naming.Context;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.PartialResultException;
import javax.naming.directory.Attribute;
import javax.naming.directory.SearchControls;
import javax.naming.directory.SearchResult;
import javax.naming.ldap.InitialLdapContext;
import javax.naming.ldap.LdapContext;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.StartTlsRequest;
import javax.naming.ldap.StartTlsResponse;
import org.jspecify.annotations.Nullable;

/** A connection to an LDAP directory that has said who it is. */
final class LdapConnection implements AutoCloseable {
  private final LdapContext context;
  private final @Nullable StartTlsResponse tls;
  private final Duration patience;

  /** An entry that was found, with the values of the one attribute that was asked for. */
  record Entry(String dn, List<String> values) {}

  private LdapConnection(LdapContext context, @Nullable StartTlsResponse tls, Duration patience) {
    this.context = context;
    this.tls = tls;
    this.patience = patience;
  }

  /**
   * Connects and binds.
   *
   * @param patience how long each step may take
   * @param dn who binds; empty for nobody
   */
  static LdapConnection open(
      URI url, boolean startTls, Duration patience, String dn, String password)
      throws NamingException, IOException {
    Map<String, Object> login =
        dn.isEmpty()
            ? Map.of(Context.SECURITY_AUTHENTICATION, "none")
            : Map.of(
                Context.SECURITY_AUTHENTICATION,
                "simple",
                Context.SECURITY_PRINCIPAL,
                dn,
                Context.SECURITY_CREDENTIALS,
                password.getBytes(StandardCharsets.UTF_8));
    Hashtable<String, Object> environment = environment(url, patience);
    if (!startTls || url.getScheme().equals("ldaps")) {
      environment.putAll(login);
      return new LdapConnection(new InitialLdapContext(environment, null), null, patience);
    }
    environment.put(Context.SECURITY_AUTHENTICATION, "none");
    LdapContext context = new InitialLdapContext(environment, null);
    try {
      StartTlsResponse tls = (StartTlsResponse) context.extendedOperation(new StartTlsRequest());
      PatientSockets sockets = new PatientSockets(patience);
      tls.negotiate(sockets);
      sockets.handshakeDone();
      for (Map.Entry<String, Object> entry : login.entrySet()) {
        context.addToEnvironment(entry.getKey(), entry.getValue());
      }
      context.reconnect(null);
      return new LdapConnection(context, tls, patience);
    } catch (NamingException | IOException | RuntimeException e) {
      context.close();
      throw e;
    }
  }

  @SuppressWarnings("JdkObsolete") // JNDI takes nothing else
  private static Hashtable<String, Object> environment(URI url, Duration patience) {
    Hashtable<String, Object> environment = new Hashtable<>();
    environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.ldap.LdapCtxFactory");
    environment.put(Context.PROVIDER_URL, url.toString());
    environment.put(Context.REFERRAL, "ignore");
    environment.put("java.naming.ldap.version", "3");
    environment.put("com.sun.jndi.ldap.connect.pool", "false");
    environment.put("com.sun.jndi.ldap.connect.timeout", Long.toString(patience.toMillis()));
    environment.put("com.sun.jndi.ldap.read.timeout", Long.toString(patience.toMillis()));
    return environment;
  }

  /**
   * Finds entries.
   *
   * @param scope of {@link SearchControls}
   * @param filter with {@code {0}}, {@code {1}} where the arguments go, which JNDI escapes
   * @param most after so many entries the directory may stop; 0 for all
   */
  @SuppressWarnings(
      "BanJNDI") // texts of one attribute are read; no object is ever made of an entry
  List<Entry> search(
      LdapName base, int scope, String filter, List<String> arguments, String attribute, int most)
      throws NamingException {
    SearchControls controls = new SearchControls();
    controls.setSearchScope(scope);
    controls.setReturningAttributes(new String[] {attribute});
    controls.setReturningObjFlag(false);
    controls.setTimeLimit(Math.toIntExact(patience.toMillis()));
    controls.setCountLimit(most);
    List<Entry> entries = new ArrayList<>();
    NamingEnumeration<SearchResult> results =
        context.search(base, filter, arguments.toArray(), controls);
    try {
      while (results.hasMore()) {
        SearchResult result = results.next();
        entries.add(
            new Entry(result.getNameInNamespace(), values(result.getAttributes().get(attribute))));
      }
    } catch (PartialResultException e) {
      // the rest is in other directories; Active Directory says so of every search at its top
    } finally {
      results.close();
    }
    return entries;
  }

  private static List<String> values(@Nullable Attribute attribute) throws NamingException {
    List<String> values = new ArrayList<>();
    for (int i = 0; attribute != null && i < attribute.size(); i++) {
      if (attribute.get(i) instanceof String value && !value.isBlank()) {
        values.add(value);
      }
    }
    return values;
  }

  @Override
  public void close() throws NamingException {
    try {
      if (tls != null) {
        tls.close();
      }
    } catch (IOException e) {
      // the connection is closed next, in any case
    } finally {
      context.close();
    }
  }
}
