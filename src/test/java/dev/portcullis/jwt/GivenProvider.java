package dev.portcullis.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.portcullis.settings.Given;
import dev.portcullis.settings.JwtSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An OpenID provider on this machine that shows keys and makes tokens. */
public final class GivenProvider implements AutoCloseable {
  /** Made once, since it takes a while. */
  static final RSAKey KEY = rsa("first");

  private static final String DISCOVERY = "/realm/.well-known/openid-configuration";
  private static final String KEYS = "/keys";

  final AtomicInteger discoveries = new AtomicInteger();
  final AtomicInteger fetches = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile HttpHandler discovery;
  private volatile HttpHandler keys = json(new JWKSet(KEY).toString());

  public GivenProvider() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    discovery =
        json(
            JSONObjectUtils.toJSONString(Map.of("issuer", issuer(), "jwks_uri", address() + KEYS)));
    server.createContext(
        DISCOVERY,
        exchange -> {
          discoveries.incrementAndGet();
          discovery.handle(exchange);
        });
    server.createContext(
        KEYS,
        exchange -> {
          fetches.incrementAndGet();
          keys.handle(exchange);
        });
    server.start();
  }

  private String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What its tokens name. */
  public String issuer() {
    return address() + "/realm";
  }

  String keysAddress() {
    return address() + KEYS;
  }

  void discovery(HttpHandler answer) {
    discovery = answer;
  }

  void keys(HttpHandler answer) {
    keys = answer;
  }

  void keys(JWK... shown) {
    keys = json(new JWKSet(List.of(shown)).toString());
  }

  static HttpHandler json(String text) {
    return answer(200, text.getBytes(StandardCharsets.UTF_8));
  }

  static HttpHandler answer(int status, byte[] body) {
    return exchange -> send(exchange, status, body);
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  static RSAKey rsa(String id) {
    return rsa(id, 2048);
  }

  static RSAKey rsa(String id, int bits) {
    try {
      return new RSAKeyGenerator(bits, true).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  JwtSettings settings(Map<String, String> others) {
    Map<String, String> texts = new HashMap<>(others);
    texts.putIfAbsent("portcullis.jwt.issuer", issuer());
    texts.putIfAbsent("portcullis.jwt.audience", "frps,portcullis");
    return Given.settings(texts).jwt();
  }

  /** One that trusts this provider, with these settings beside; it has not asked for keys yet. */
  public JwtVerifier verifier(Map<String, String> others) {
    return verifier(others, SigningKeys.Pace.USUAL);
  }

  JwtVerifier verifier(Map<String, String> others, SigningKeys.Pace pace) {
    JwtSettings settings = settings(others);
    return new JwtVerifier(
        settings,
        new SigningKeys(
            settings.issuer(),
            settings.timeout(),
            new KeyFetch(settings),
            pace,
            task -> {
              Thread thread = new Thread(task, settings.issuer());
              thread.setDaemon(true);
              return thread;
            }));
  }

  /** What a token of this provider says of alice. */
  public Map<String, Object> claims() {
    return new HashMap<>(
        Map.of(
            "iss",
            issuer(),
            "aud",
            "frps",
            "sub",
            "4711",
            "preferred_username",
            "alice",
            "groups",
            List.of("staff"),
            "exp",
            Instant.now().getEpochSecond() + 300));
  }

  /** A token of this provider. */
  public String token(Map<String, Object> claims) {
    return signed(KEY, JWSAlgorithm.RS256, claims);
  }

  static String signed(JWK key, JWSAlgorithm algorithm, Map<String, Object> claims) {
    return signed(
        key,
        Map.of("alg", algorithm.getName(), "kid", key.getKeyID(), "typ", "JWT"),
        JSONObjectUtils.toJSONString(claims));
  }

  /** Signed as its header says, or as its key can where the header says something odd. */
  static String signed(JWK key, Map<String, Object> header, String payload) {
    String content =
        Base64URL.encode(JSONObjectUtils.toJSONString(header)) + "." + Base64URL.encode(payload);
    JWSAlgorithm algorithm = JWSAlgorithm.parse((String) header.get("alg"));
    try {
      Base64URL signature =
          (key instanceof ECKey ec
                  ? new ECDSASigner(ec)
                  : new RSASSASigner(
                      ((RSAKey) key).toPrivateKey(), Set.of(AllowWeakRSAKey.getInstance())))
              .sign(new JWSHeader(algorithm), content.getBytes(StandardCharsets.US_ASCII));
      return content + "." + signature;
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
