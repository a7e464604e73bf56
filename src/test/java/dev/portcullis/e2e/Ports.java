package dev.portcullis.e2e;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/** Ports of this machine that nobody listens on. */
final class Ports {
  /** How many each fork of the tests has for itself. */
  private static final int SHARE = 6_000;

  // all are below those that the system gives to connections
  private static final int FIRST =
      20_000 + (Integer.parseInt(System.getProperty("portcullis.fork")) - 1) * SHARE;

  private static final AtomicInteger NEXT =
      new AtomicInteger(FIRST + (int) (ProcessHandle.current().pid() % 500) * 10);

  private Ports() {}

  static int free() throws IOException {
    return block(1);
  }

  /** The first of so many free ports in a row. */
  static int block(int size) throws IOException {
    while (true) {
      int first = NEXT.getAndAdd(size);
      if (first + size > FIRST + SHARE) {
        NEXT.set(FIRST);
        continue;
      }
      boolean free = true;
      for (int port = first; port < first + size; port++) {
        free &= isFree(port);
      }
      if (free) {
        return first;
      }
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket tcp = new ServerSocket();
        DatagramSocket udp =
            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
      tcp.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return udp.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
