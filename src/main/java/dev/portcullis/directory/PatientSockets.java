package dev.portcullis.directory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Puts TLS over one connection and waits no longer than set for the handshake, for which JNDI's
 * StartTLS knows no timeout.
 */
final class PatientSockets extends SSLSocketFactory {
  private final SSLSocketFactory sockets;
  private final Duration patience;
  private @Nullable Socket made;

  PatientSockets(Duration patience) throws IOException {
    this.patience = patience;
    try {
      this.sockets = SSLContext.getDefault().getSocketFactory();
    } catch (NoSuchAlgorithmException e) {
      throw new IOException("This Java's trust store can't be read", e);
    }
  }

  /** To be called after the handshake: from then on JNDI has timeouts of its own. */
  void handshakeDone() throws SocketException {
    Socket socket = made;
    if (socket != null) {
      socket.setSoTimeout(0);
    }
  }

  @Override
  public Socket createSocket(Socket connected, String host, int port, boolean autoClose)
      throws IOException {
    Socket socket = sockets.createSocket(connected, host, port, autoClose);
    socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
    made = socket;
    return socket;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return sockets.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return sockets.getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw unconnected();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
    throw unconnected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw unconnected();
  }

  @Override
  public Socket createSocket(
      InetAddress address, int port, InetAddress localAddress, int localPort) {
    throw unconnected();
  }

  private static UnsupportedOperationException unconnected() {
    return new UnsupportedOperationException("StartTLS has a connection already");
  }
}
