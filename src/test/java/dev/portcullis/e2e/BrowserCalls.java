package dev.portcullis.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a browser sends: a cookie, forms, headers that say where a request comes from. */
record BrowserCalls(URI address, String cookie) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  static final String COOKIE = "portcullis=";

  /** Signs in by the form; the browser that comes back has the cookie. */
  static BrowserCalls signedIn(URI address, String name) throws IOException {
    HttpResponse<String> answer = new BrowserCalls(address, "").signIn(name, TestUsers.PASSWORD);
    if (answer.statusCode() != 303) {
      throw new AssertionError(name + ": " + answer.statusCode() + " " + answer.body());
    }
    return new BrowserCalls(address, cookie(answer).split(";", 2)[0]);
  }

  /** The line that sets the session's cookie. */
  static String cookie(HttpResponse<String> answer) {
    List<String> lines =
        answer.headers().allValues("Set-Cookie").stream()
            .filter(line -> line.startsWith(COOKIE))
            .toList();
    if (lines.size() != 1) {
      throw new AssertionError("cookies: " + answer.headers().map());
    }
    return lines.get(0);
  }

  HttpResponse<String> signIn(String name, String password, String... headers) throws IOException {
    return post("/sign-in", Map.of("name", name, "password", password), headers);
  }

  HttpResponse<String> post(String path, Map<String, String> form, String... headers)
      throws IOException {
    String body =
        form.entrySet().stream()
            .map(
                field ->
                    field.getKey()
                        + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return send("POST", path, "application/x-www-form-urlencoded", body, headers);
  }

  HttpResponse<String> get(String path, String... headers) throws IOException {
    return send("GET", path, "", "", headers);
  }

  /** Sends a request; a type that is empty is left out. */
  HttpResponse<String> send(String method, String path, String type, String body, String... headers)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve(path))
            .timeout(Duration.ofSeconds(60))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookie);
    }
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
