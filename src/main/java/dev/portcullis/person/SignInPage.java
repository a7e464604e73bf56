package dev.portcullis.person;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The form where a person gives name and password, and what is said when that fails. */
final class SignInPage {
  private static final String FORM =
      """
      <form method="post" action="sign-in">
        <label for="name">Name</label>
        <input id="name" name="name" autocomplete="username" required autofocus>
        <label for="password">Password</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required>
        <button>Sign in</button>
      </form>
      """;
  private static final String AGAIN = "<p><a href=\"sign-in\">Sign in</a></p>\n";

  private SignInPage() {}

  /** The form, with a sentence of ours above it; none when it is empty. */
  static void form(HttpServletResponse response, int status, String sentence) throws IOException {
    write(response, status, sentence, FORM);
  }

  /** A sentence of ours, and the way to try again. */
  static void failure(HttpServletResponse response, int status, String sentence)
      throws IOException {
    write(response, status, sentence, AGAIN);
  }

  private static void write(HttpServletResponse response, int status, String sentence, String rest)
      throws IOException {
    String alert = sentence.isEmpty() ? "" : "<p role=\"alert\">" + sentence + "</p>\n";
    byte[] page =
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>Sign in - Portcullis</title>
        <link rel="stylesheet" href="style.css">
        </head>
        <body>
        <main>
        <h1>Sign in to Portcullis</h1>
        %s%s</main>
        </body>
        </html>
        """
            .formatted(alert, rest)
            .getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType("text/html;charset=UTF-8");
    response.setContentLength(page.length);
    response.getOutputStream().write(page);
  }
}
