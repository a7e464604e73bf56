package dev.portcullis.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/**
 * Another plugin in front of Portcullis that changes logins. It gives a stock frpc what a hostile
 * one could send: another user than its proxies' prefix, another's run id.
 */
final class OtherPlugin implements AutoCloseable {
  private final HttpServer server =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);

  OtherPlugin(UnaryOperator<JsonObject> login) throws IOException {
    server.createContext("/", exchange -> answer(exchange, login));
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
  }

  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange, UnaryOperator<JsonObject> login)
      throws IOException {
    try (JsonReader reader = Json.createReader(exchange.getRequestBody())) {
      JsonObject content = reader.readObject().getJsonObject("content");
      byte[] answer =
          Json.createObjectBuilder()
              .add("reject", false)
              .add("unchange", false)
              .add("content", login.apply(content))
              .build()
              .toString()
              .getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
