package dev.portcullis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Somebody who uses what is published. */
final class Visitor {
  private static final int PATIENCE = 15_000;

  private Visitor() {}

  /** Sends random bytes and reads them back; fails when they do not come or are others. */
  static void echoTcp(int port) throws IOException {
    try (Socket socket = connect(port)) {
      exchange(socket, 10_000);
    }
  }

  /** How long so many bytes take there and back. */
  static Duration timeTcp(int port, int bytes) throws IOException {
    long start = System.nanoTime();
    try (Socket socket = connect(port)) {
      socket.setSoTimeout(60_000);
      exchange(socket, bytes);
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Whether the other side closes without a byte. */
  static boolean isTurnedAway(int port) throws IOException {
    try (Socket socket = connect(port)) {
      socket.getOutputStream().write("hello".getBytes(UTF_8));
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketException e) {
      return true;
    }
  }

  static void echoUdp(int port) throws IOException {
    byte[] sent = "over udp".getBytes(UTF_8);
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(1_000);
      for (int attempt = 1; ; attempt++) {
        socket.send(new DatagramPacket(sent, sent.length, InetAddress.getLoopbackAddress(), port));
        DatagramPacket answer = new DatagramPacket(new byte[100], 100);
        try {
          socket.receive(answer);
          if (Arrays.equals(sent, Arrays.copyOf(answer.getData(), answer.getLength()))) {
            return;
          }
          throw new AssertionError("Other bytes came back");
        } catch (java.net.SocketTimeoutException e) {
          if (attempt == 15) {
            throw e;
          }
        }
      }
    }
  }

  static String http(int port, String host) throws IOException {
    return http(port, host, "");
  }

  /** With more lines in the head of the request. */
  static String http(int port, String host, String headers) throws IOException {
    try (Socket socket = connect(port)) {
      return get(socket, host, headers);
    }
  }

  static String https(int port, String host) throws IOException {
    try (SSLSocket socket =
        (SSLSocket)
            SelfSigned.trusting()
                .getSocketFactory()
                .createSocket(connect(port), host, port, true)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setServerNames(List.of(new SNIHostName(host)));
      socket.setSSLParameters(parameters);
      return get(socket, host, "");
    }
  }

  /** Through an HTTP CONNECT proxy, as tcpmux is one. */
  static void echoTcpmux(int port, String host) throws IOException {
    try (Socket socket = connect(port)) {
      socket
          .getOutputStream()
          .write("CONNECT %s:80 HTTP/1.1\r\nHost: %1$s\r\n\r\n".formatted(host).getBytes(UTF_8));
      InputStream input = socket.getInputStream();
      StringBuilder head = new StringBuilder();
      while (!head.toString().endsWith("\r\n\r\n")) {
        int next = input.read();
        if (next < 0) {
          throw new AssertionError("No answer to CONNECT: " + head);
        }
        head.append((char) next);
      }
      if (!head.toString().startsWith("HTTP/1.1 200")) {
        throw new AssertionError(head.toString());
      }
      exchange(socket, 1_000);
    }
  }

  private static String get(Socket socket, String host, String headers) throws IOException {
    socket
        .getOutputStream()
        .write(
            "GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n%s\r\n"
                .formatted(host, headers)
                .getBytes(UTF_8));
    return new String(socket.getInputStream().readAllBytes(), UTF_8);
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE);
    return socket;
  }

  private static void exchange(Socket socket, int size) throws IOException {
    byte[] sent = new byte[size];
    new Random(size).nextBytes(sent);
    Thread writer =
        new Thread(
            () -> {
              try {
                OutputStream output = socket.getOutputStream();
                output.write(sent);
                output.flush();
              } catch (IOException e) {
                // the reader will notice
              }
            });
    writer.start();
    byte[] received = socket.getInputStream().readNBytes(size);
    if (!Arrays.equals(sent, received)) {
      throw new AssertionError(received.length + " of " + size + " bytes came back, or others");
    }
  }
}
