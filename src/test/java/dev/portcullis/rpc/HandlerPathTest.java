package dev.portcullis.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandlerPathTest {
  private static final String TOKEN = "Jm3sYH1mXvZc0-_aBcDeFgHiJkLmNoPqRsTuVwXyZ01";

  private final List<String> done = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"/handler", "/handler/frps-1", "/handler/frps-1/" + TOKEN})
  void bringsAQuestionToTheResource(String path) throws Exception {
    assertEquals(List.of("forward to /api" + path), doFilter("", path));
    assertEquals(List.of("forward to /api" + path), doFilter("/portcullis", "/portcullis" + path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/handler/",
        "/handler//",
        "/handler/a/",
        "/handler//a",
        "/handler/a/b/c",
        "/handler/..",
        "/handler/../api/v1/accounts",
        "/handler/a/..",
        "/handler/%2e%2e/api",
        "/handler/a%2fb",
        "/handler;a=b",
        "/handler/a;b",
        "/handler/a b",
        "/handler/\u00e4",
        "/handlers",
        "/Handler",
        "/handler\n",
        "/portcullis/handler"
      })
  void knowsNoOtherPath(String path) throws Exception {
    assertEquals(List.of("error 404"), doFilter("", path));
  }

  @Test
  void knowsNoLongPath() throws Exception {
    assertEquals(List.of("error 404"), doFilter("", "/handler/" + "x".repeat(101)));
    assertEquals(
        List.of("forward to /api/handler/" + "x".repeat(100)),
        doFilter("", "/handler/" + "x".repeat(100)));
  }

  private List<String> doFilter(String contextPath, String uri) throws Exception {
    done.clear();
    HttpServletRequest request =
        made(
            HttpServletRequest.class,
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getRequestURI" -> uri;
                  case "getContextPath" -> contextPath;
                  case "getRequestDispatcher" ->
                      made(
                          RequestDispatcher.class,
                          (p, m, a) -> done.add(m.getName() + " to " + arguments[0]) ? null : null);
                  default -> throw new UnsupportedOperationException(method.toString());
                });
    HttpServletResponse response =
        made(
            HttpServletResponse.class,
            (proxy, method, arguments) -> {
              done.add(method.getName().replace("sendError", "error") + " " + arguments[0]);
              return null;
            });
    FilterChain chain = (q, s) -> done.add("passed");
    new HandlerPath().doFilter(request, response, chain);
    return List.copyOf(done);
  }

  private static <T> T made(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            HandlerPathTest.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
