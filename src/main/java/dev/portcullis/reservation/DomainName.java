package dev.portcullis.reservation;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A host name, or all names below one as {@code *.example.com}; lower case, as frps compares them
 * ({@code pkg/util/vhost/router.go}).
 *
 * @param text for example {@code app.example.com}
 */
public record DomainName(String text) {
  private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
  private static final Pattern FORM =
      Pattern.compile("(?:\\*\\.)?" + LABEL + "(?:\\." + LABEL + ")*");
  private static final int LONGEST = 253;

  /**
   * Takes a name in any case.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  public DomainName {
    text = text.toLowerCase(Locale.ROOT);
    if (text.length() > LONGEST || !FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "it is no domain name: letters, digits, hyphens and dots (punycode for others), at most one '*.' in front, no port and no dot at the end");
    }
  }

  public boolean isWildcard() {
    return text.startsWith("*.");
  }

  /**
   * Whether whoever owns this name owns the other one: the same, or, where this is a wildcard, any
   * name below it, however deep, and any wildcard below it.
   */
  public boolean covers(DomainName other) {
    return text.equals(other.text) || (isWildcard() && other.text.endsWith(text.substring(1)));
  }

  @Override
  public String toString() {
    return text;
  }
}
