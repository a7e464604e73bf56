package dev.portcullis.rewrite;

import dev.portcullis.admin.ProblemException;
import dev.portcullis.policy.Bandwidth;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is imposed on proxies, as the admin API shows and takes it. Values of headers and metas are
 * templates.
 *
 * @param bandwidthLimit the most a proxy gets, {@code 500KB} or {@code 1MB} a second; empty for no
 *     limit
 * @param headers set on requests to the backend, http only
 * @param responseHeaders set on responses, http only, frps 0.58 and later
 * @param metas of the proxy, shown by frps's dashboard
 */
public record ImpositionRepresentation(
    @Nullable String bandwidthLimit,
    @Nullable Map<String, String> headers,
    @Nullable Map<String, String> responseHeaders,
    @Nullable Map<String, String> metas) {

  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
  private static final Pattern META = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,99}");
  private static final int LONGEST = 500;
  private static final int MOST = 50;

  String limit() {
    return bandwidthLimit == null ? "" : bandwidthLimit.strip();
  }

  Map<String, String> headersOrNone() {
    return headers == null ? Map.of() : headers;
  }

  Map<String, String> responseHeadersOrNone() {
    return responseHeaders == null ? Map.of() : responseHeaders;
  }

  Map<String, String> metasOrNone() {
    return metas == null ? Map.of() : metas;
  }

  /** Refuses what frps would not understand. */
  void check() {
    if (!limit().isEmpty() && Bandwidth.parse(limit()).isEmpty()) {
      throw ProblemException.badRequest(
          "bandwidthLimit is '%s'; write 500KB or 1MB".formatted(limit()));
    }
    check("headers", headersOrNone(), HEADER);
    check("responseHeaders", responseHeadersOrNone(), HEADER);
    check("metas", metasOrNone(), META);
  }

  private static void check(String member, Map<String, String> texts, Pattern name) {
    if (texts.size() > MOST) {
      throw ProblemException.badRequest("%s has more than %d members".formatted(member, MOST));
    }
    texts.forEach(
        (key, text) -> {
          if (!name.matcher(key).matches()) {
            throw ProblemException.badRequest("%s: '%s' is no name".formatted(member, key));
          }
          if (text == null
              || text.length() > LONGEST
              || text.chars().anyMatch(Character::isISOControl)
              || !Template.isValid(text)) {
            throw ProblemException.badRequest(
                "%s.%s: write at most %d letters on one line; places are %s"
                    .formatted(member, key, LONGEST, Template.NAMES));
          }
        });
  }

  /** This, and what {@code other} has beside it. */
  ImpositionRepresentation before(ImpositionRepresentation other) {
    return new ImpositionRepresentation(
        limit().isEmpty() ? other.limit() : limit(),
        merged(other.headersOrNone(), headersOrNone()),
        merged(other.responseHeadersOrNone(), responseHeadersOrNone()),
        merged(other.metasOrNone(), metasOrNone()));
  }

  private static Map<String, String> merged(Map<String, String> under, Map<String, String> over) {
    Map<String, String> all = new TreeMap<>(under);
    all.putAll(over);
    return Collections.unmodifiableMap(all);
  }

  /** Leaves out headers and metas: a backend's password may be among them. */
  @Override
  public String toString() {
    return "ImpositionRepresentation[bandwidthLimit=" + bandwidthLimit + "]";
  }
}
