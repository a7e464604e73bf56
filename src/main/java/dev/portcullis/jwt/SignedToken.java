package dev.portcullis.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A token as it came in, well formed, with nothing in it proven yet. */
final class SignedToken {
  private static final int LONGEST = 16 * 1024;
  private static final Pattern PART = Pattern.compile("[A-Za-z0-9_-]+");

  // public keys only: whoever knows one must not be able to sign. Nimbus needs Tink for EdDSA
  private static final Set<String> ALGORITHMS =
      Stream.of(
              JWSAlgorithm.RS256,
              JWSAlgorithm.RS384,
              JWSAlgorithm.RS512,
              JWSAlgorithm.PS256,
              JWSAlgorithm.PS384,
              JWSAlgorithm.PS512,
              JWSAlgorithm.ES256,
              JWSAlgorithm.ES384,
              JWSAlgorithm.ES512)
          .map(JWSAlgorithm::getName)
          .collect(Collectors.toUnmodifiableSet());
  private static final Set<JOSEObjectType> TYPES =
      Set.of(
          JOSEObjectType.JWT,
          new JOSEObjectType("at+jwt"),
          new JOSEObjectType("application/at+jwt"));

  private final JWSHeader header;
  private final Map<String, Object> payload;
  private final byte[] signed;
  private final Base64URL signature;

  private SignedToken(
      JWSHeader header, Map<String, Object> payload, byte[] signed, Base64URL signature) {
    this.header = header;
    this.payload = payload;
    this.signed = signed;
    this.signature = signature;
  }

  static boolean looksLikeOne(String token) {
    List<String> parts = parts(token);
    return !parts.isEmpty() && object(parts.get(0)).get("alg") instanceof String;
  }

  static SignedToken read(String token) throws JwtRefusedException {
    List<String> parts = parts(token);
    if (parts.isEmpty()) {
      throw malformed("It is not three parts of base64url in at most " + LONGEST + " letters");
    }
    Map<String, Object> head = object(parts.get(0));
    if (!(head.get("alg") instanceof String algorithm)) {
      throw malformed("Its header names no algorithm");
    }
    if (!ALGORITHMS.contains(algorithm)) {
      throw new JwtRefusedException(
          "jwt.algorithm",
          "The token is signed with an algorithm that is not taken; have the provider sign with RS256, PS256 or ES256");
    }
    if (head.containsKey("crit") || head.containsKey("b64")) {
      throw malformed("Its header demands an extension that is not known here");
    }
    Map<String, Object> payload = object(parts.get(1));
    if (payload.isEmpty()) {
      throw malformed("Its payload is not a JSON object with claims");
    }
    return new SignedToken(
        header(head),
        payload,
        (parts.get(0) + "." + parts.get(1)).getBytes(StandardCharsets.US_ASCII),
        new Base64URL(parts.get(2)));
  }

  private static JWSHeader header(Map<String, Object> head) throws JwtRefusedException {
    JWSHeader header;
    try {
      // what else a header may name is the sender's word for whom to trust
      header =
          JWSHeader.parse(
              head.entrySet().stream()
                  .filter(member -> Set.of("alg", "kid", "typ").contains(member.getKey()))
                  .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    } catch (ParseException | RuntimeException e) {
      throw malformed("Its header has a member of a wrong type");
    }
    if (header.getType() != null && !TYPES.contains(header.getType())) {
      throw malformed("By its typ it is for something else than access");
    }
    return header;
  }

  static JwtRefusedException malformed(String why) {
    return new JwtRefusedException("jwt.malformed", "This is not a token that can be read: " + why);
  }

  /** Its three parts, or none. */
  private static List<String> parts(String token) {
    if (token.length() > LONGEST) {
      return List.of();
    }
    List<String> parts = Arrays.asList(token.split("\\.", -1));
    return parts.size() == 3 && parts.stream().allMatch(part -> PART.matcher(part).matches())
        ? parts
        : List.of();
  }

  /** The JSON object in a part; an empty one where there is none. */
  private static Map<String, Object> object(String part) {
    try {
      @Nullable Map<String, Object> object =
          JSONObjectUtils.parse(new Base64URL(part).decodeToString());
      return object == null ? Map.of() : object;
    } catch (ParseException | RuntimeException e) {
      return Map.of();
    }
  }

  JWSHeader header() {
    return header;
  }

  Claims claims() {
    return new Claims(payload);
  }

  void requireSignatureByOneOf(List<JWK> keys) throws JwtRefusedException {
    for (JWK key : keys) {
      if (isSignedBy(key)) {
        return;
      }
    }
    throw new JwtRefusedException(
        "jwt.signature", "The token's signature was not made by the provider's key");
  }

  private boolean isSignedBy(JWK key) {
    try {
      return key instanceof RSAKey rsa
          ? new RSASSAVerifier(rsa).verify(header, signed, signature)
          : key instanceof ECKey ec && new ECDSAVerifier(ec).verify(header, signed, signature);
    } catch (JOSEException | RuntimeException e) {
      // a key of another curve than the algorithm's
      return false;
    }
  }
}
