package dev.portcullis.jwt;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.portcullis.settings.JwtSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Gets the provider's public keys from the provider. Each wait for it ends by {@code
 * portcullis.jwt.timeout}; a body that takes twice as long is given up.
 */
final class KeyFetch implements JWKSetSource<SecurityContext> {
  private static final Logger LOG = System.getLogger(KeyFetch.class.getName());
  private static final int LARGEST = 256 * 1024;
  private static final int SHORTEST_RSA = 2048;
  private static final Set<Curve> CURVES = Set.of(Curve.P_256, Curve.P_384, Curve.P_521);

  private final JwtSettings settings;
  private final AtomicBoolean failing = new AtomicBoolean();
  private volatile @Nullable String discovered;

  KeyFetch(JwtSettings settings) {
    this.settings = settings;
  }

  @Override
  public JWKSet getJWKSet(
      JWKSetCacheRefreshEvaluator evaluator, long now, @Nullable SecurityContext context)
      throws KeySourceException {
    try {
      JWKSet keys = keys(address());
      if (failing.getAndSet(false)) {
        LOG.log(Level.INFO, "The keys of {0} can be read again", settings.issuer());
      }
      return keys;
    } catch (IOException e) {
      // it may have moved
      discovered = null;
      if (!failing.getAndSet(true)) {
        LOG.log(
            Level.WARNING,
            "The keys of {0} can''t be read, still trying; its tokens are refused once no key is known: {1}",
            settings.issuer(),
            e.getMessage());
      }
      throw new JWKSetRetrievalException(e.getMessage(), e);
    }
  }

  private String address() throws IOException {
    if (!settings.jwksUrl().isEmpty()) {
      return settings.jwksUrl();
    }
    String known = discovered;
    if (known == null) {
      known = discover();
      discovered = known;
    }
    return known;
  }

  private String discover() throws IOException {
    String place = settings.issuer().replaceAll("/+$", "") + "/.well-known/openid-configuration";
    Map<String, Object> document = document(place);
    if (!settings.issuer().equals(document.get("issuer"))) {
      throw new IOException(
          "%s names another issuer than %s; write portcullis.jwt.issuer as it is there"
              .formatted(place, settings.issuer()));
    }
    if (document.get("jwks_uri") instanceof String address && JwtSettings.isFit(address)) {
      return address;
    }
    throw new IOException(place + " names no jwks_uri with https");
  }

  private JWKSet keys(String place) throws IOException {
    if (!(document(place).get("keys") instanceof List<?> listed)) {
      throw new IOException(place + " is not a set of keys");
    }
    List<JWK> keys = new ArrayList<>();
    for (Object item : listed) {
      JWK key = key(item);
      if (key != null) {
        keys.add(key);
      }
    }
    return new JWKSet(keys);
  }

  // one key of a kind that is not known must not take the others with it (RFC 7517, 5)
  @SuppressWarnings("unchecked") // names in JSON are texts
  private static @Nullable JWK key(Object item) {
    try {
      JWK key = item instanceof Map<?, ?> map ? JWK.parse((Map<String, Object>) map) : null;
      boolean usable =
          (key instanceof RSAKey rsa && rsa.size() >= SHORTEST_RSA)
              || (key instanceof ECKey ec && CURVES.contains(ec.getCurve()));
      return key != null && usable ? key.toPublicJWK() : null;
    } catch (ParseException | RuntimeException e) {
      return null;
    }
  }

  private Map<String, Object> document(String place) throws IOException {
    String text;
    try {
      text = text(place);
    } catch (IOException | RuntimeException e) {
      throw new IOException(place + " can't be read: " + e.getMessage(), e);
    }
    try {
      @Nullable Map<String, Object> document = JSONObjectUtils.parse(text);
      if (document != null) {
        return document;
      }
    } catch (ParseException | RuntimeException e) {
      // the sentence below covers it
    }
    throw new IOException(place + " does not answer with a JSON object");
  }

  private String text(String place) throws IOException {
    int timeout = (int) Math.min(settings.timeout().toMillis(), Integer.MAX_VALUE);
    long end = System.nanoTime() + 2 * Duration.ofMillis(timeout).toNanos();
    HttpURLConnection connection = (HttpURLConnection) URI.create(place).toURL().openConnection();
    connection.setConnectTimeout(timeout);
    connection.setReadTimeout(timeout);
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setRequestProperty("Accept", "application/json");
    try {
      if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
        throw new IOException("it answers with status " + connection.getResponseCode());
      }
      try (InputStream in = connection.getInputStream()) {
        return text(in, end);
      }
    } finally {
      connection.disconnect();
    }
  }

  private static String text(InputStream in, long end) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      text.write(buffer, 0, read);
      if (text.size() > LARGEST) {
        throw new IOException("it answers with more than " + LARGEST + " bytes");
      }
      // each read has its own timeout, so drops could come for ever
      if (System.nanoTime() - end > 0) {
        throw new IOException("it takes too long");
      }
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    // holds nothing open
  }
}
