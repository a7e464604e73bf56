package dev.portcullis.revision;

import dev.portcullis.admin.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * A document that an administrator saves.
 *
 * @param document the text
 * @param comment what for, at most 400 letters; default empty
 * @param base the newest revision that its author has seen; 0 where there was none
 */
public record RevisionEdit(
    @Nullable String document, @Nullable String comment, @Nullable Long base) {

  String requiredDocument() {
    if (document == null || base == null) {
      throw ProblemException.badRequest(
          "Give the document, and the newest revision that you have seen: {\"document\":\"rules: []\",\"base\":0,\"comment\":\"first\"}");
    }
    return document;
  }

  long requiredBase() {
    requiredDocument();
    return base == null ? 0 : base;
  }

  String commentOrNone() {
    String text = comment == null ? "" : comment;
    if (text.length() > 400) {
      throw ProblemException.badRequest("comment has more than 400 letters");
    }
    return text;
  }

  /** Leaves out the document, which may impose secrets. */
  @Override
  public String toString() {
    return "RevisionEdit[base=" + base + "]";
  }
}
