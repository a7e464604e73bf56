package dev.portcullis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What clients publish: servers that echo bytes, or say which headers a request had. */
final class Backends implements AutoCloseable {
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "backend");
            thread.setDaemon(true);
            return thread;
          });
  private final ServerSocket tcp = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final DatagramSocket udp =
      new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  private final HttpServer http =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
  private final HttpsServer https =
      HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);

  Backends() throws IOException {
    threads.execute(this::acceptTcp);
    threads.execute(this::echoUdp);
    http.createContext("/", Backends::sayHeaders);
    http.setExecutor(threads);
    http.start();
    https.setHttpsConfigurator(new HttpsConfigurator(SelfSigned.context()));
    https.createContext("/", Backends::sayHeaders);
    https.setExecutor(threads);
    https.start();
  }

  int tcpPort() {
    return tcp.getLocalPort();
  }

  int udpPort() {
    return udp.getLocalPort();
  }

  int httpPort() {
    return http.getAddress().getPort();
  }

  int httpsPort() {
    return https.getAddress().getPort();
  }

  private void acceptTcp() {
    while (!tcp.isClosed()) {
      try {
        Socket socket = tcp.accept();
        threads.execute(() -> echo(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void echo(Socket socket) {
    try (socket) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException e) {
      // the other side has gone
    }
  }

  private void echoUdp() {
    byte[] buffer = new byte[2_000];
    while (!udp.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        udp.receive(packet);
        udp.send(packet);
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void sayHeaders(HttpExchange exchange) throws IOException {
    StringBuilder text = new StringBuilder("hello\n");
    text.append("backend: ").append(exchange.getLocalAddress().getPort()).append('\n');
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> text.append(name).append(": ").append(values).append('\n'));
    byte[] body = text.toString().getBytes(UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() throws IOException {
    tcp.close();
    udp.close();
    http.stop(0);
    https.stop(0);
    threads.shutdownNow();
  }
}
