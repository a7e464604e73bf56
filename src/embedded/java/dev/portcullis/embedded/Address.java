package dev.portcullis.embedded;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * Where Portcullis listens.
 *
 * @param port 0 means any free one
 */
record Address(InetAddress ip, int port) {

  /** The address, if it can be listened on now. */
  static Address free(String bind, int port) throws StartFailure {
    Address address = new Address(ofThisMachine(bind), port);
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address.ip, port));
      return address;
    } catch (IOException e) {
      throw address.taken(e);
    }
  }

  StartFailure taken(Exception cause) {
    return new StartFailure(
        "Port %d of %s can't be opened (%s); stop the program that uses it, or choose another with portcullis.port"
            .formatted(port, ip.getHostAddress(), StartFailure.reason(cause)),
        cause);
  }

  Address withPort(int opened) {
    return new Address(ip, opened);
  }

  /** Where this machine reaches it. */
  URI url() {
    return URI.create("http://" + authority());
  }

  /** Host and port as they stand in a URL. */
  String authority() {
    InetAddress reachable = ip.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : ip;
    String host = reachable.getHostAddress();
    return (reachable instanceof Inet6Address ? "[" + host + "]" : host) + ":" + port;
  }

  private static InetAddress ofThisMachine(String bind) throws StartFailure {
    try {
      InetAddress ip = InetAddress.getByName(bind);
      if (ip.isAnyLocalAddress()
          || ip.isLoopbackAddress()
          || NetworkInterface.getByInetAddress(ip) != null) {
        return ip;
      }
    } catch (UnknownHostException e) {
      // the sentence below covers it
    } catch (IOException e) {
      throw new StartFailure(
          "The network interfaces of this machine can't be listed: " + StartFailure.reason(e), e);
    }
    throw new StartFailure(
        "portcullis.bind is '%s', which is no address of this machine; 127.0.0.1 is for programs on this machine only, 0.0.0.0 for every network it is in"
            .formatted(bind));
  }
}
