package dev.portcullis.jwt;

import dev.portcullis.database.StartOrder;
import dev.portcullis.settings.JwtSettings;
import dev.portcullis.settings.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Tells whose token it is, or why it does not count. Safe for use by many threads. A start does not
 * wait for the provider.
 */
@ApplicationScoped
public class JwtVerifier {
  @Resource private ManagedThreadFactory threads;

  private JwtSettings settings;
  private @Nullable SigningKeys keys;

  /** For the container's proxy only. */
  protected JwtVerifier() {}

  @Inject
  public JwtVerifier(Settings settings) {
    this(settings.jwt());
  }

  JwtVerifier(JwtSettings settings) {
    this.settings = settings;
  }

  JwtVerifier(JwtSettings settings, SigningKeys keys) {
    this.settings = settings;
    this.keys = keys;
  }

  @PostConstruct
  void prepare() {
    if (isConfigured()) {
      keys =
          new SigningKeys(
              settings.issuer(),
              settings.timeout(),
              new KeyFetch(settings),
              SigningKeys.Pace.USUAL,
              threads);
    }
  }

  void start(
      @Observes @Priority(StartOrder.BACKGROUND) @Initialized(ApplicationScoped.class)
          Object started) {
    if (keys != null) {
      keys.start();
    }
  }

  @PreDestroy
  void stop() {
    if (keys != null) {
      keys.close();
    }
  }

  /** Whether an operator has named an issuer; without one no token counts. */
  public boolean isConfigured() {
    return !settings.issuer().isEmpty();
  }

  /**
   * Whether a text is meant as a token: three parts of base64url, at most 16 KiB, the first a JSON
   * object that names an algorithm. Proves nothing.
   */
  public static boolean looksLikeJwt(String text) {
    return SignedToken.looksLikeOne(text);
  }

  /**
   * Checks signature, issuer, audience and times, and reads account and groups.
   *
   * @throws JwtRefusedException unless all of it holds; {@link JwtRefusedException#code} is one of
   *     {@code jwt.not-configured}, {@code jwt.malformed}, {@code jwt.algorithm}, {@code
   *     jwt.signature}, {@code jwt.unknown-key}, {@code jwt.issuer}, {@code jwt.audience}, {@code
   *     jwt.expired}, {@code jwt.not-yet}, {@code jwt.no-account}, {@code jwt.provider-away}
   */
  public VerifiedJwt verify(String token) throws JwtRefusedException {
    SigningKeys known = keys;
    if (known == null) {
      throw new JwtRefusedException(
          "jwt.not-configured",
          "No token counts here; an operator may set portcullis.jwt.issuer to the provider's address");
    }
    SignedToken signed = SignedToken.read(token);
    Claims claims = signed.claims();
    // before the keys, so that another provider's token says so and makes nobody fetch keys
    claims.requireIssuer(settings.issuer());
    signed.requireSignatureByOneOf(known.find(signed.header()));
    claims.requireAudience(settings.audience());
    OffsetDateTime expiresAt = claims.requireTime(Instant.now(), settings.clockSkew());
    return new VerifiedJwt(
        claims.account(settings.accountClaim()),
        claims.groups(settings.groupsClaim()),
        expiresAt,
        claims.subject());
  }
}
