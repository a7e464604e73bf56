package dev.portcullis.reservation;

/**
 * A name, with {@code *} for any letters, also none.
 *
 * @param text for example {@code web-*}
 */
record NamePattern(String text) {

  /**
   * Checks the text.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  public NamePattern {
    if (text.isBlank() || text.length() > 200) {
      throw new IllegalArgumentException(
          "Write a name of 1 to 200 letters, with * for any letters");
    }
  }

  public boolean matches(String name) {
    // by hand: a regular expression made of it could take exponential time
    int star = -1;
    int mark = 0;
    int p = 0;
    int n = 0;
    while (n < name.length()) {
      if (p < text.length() && text.charAt(p) == '*') {
        star = p++;
        mark = n;
      } else if (p < text.length() && text.charAt(p) == name.charAt(n)) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++mark;
      } else {
        return false;
      }
    }
    while (p < text.length() && text.charAt(p) == '*') {
      p++;
    }
    return p == text.length();
  }

  @Override
  public String toString() {
    return text;
  }
}
