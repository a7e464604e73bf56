package dev.portcullis.embedded;

import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;

/**
 * Holds its port from the beginning, but answers only when told to: TomEE wants a connector before
 * it deploys, and whoever asked then would get a 404 from a server without applications.
 */
final class QuietConnector extends Connector {

  QuietConnector(Address address) {
    setPort(address.port());
    setProperty("address", address.ip().getHostAddress());
    setProperty("connectionTimeout", "20000");
    // frps keeps idle connections for 90 s and opens hundreds at once
    setProperty("keepAliveTimeout", "120000");
    setProperty("maxKeepAliveRequests", "-1");
    setProperty("acceptCount", "1024");
    setProperty("maxThreads", "200");
  }

  @Override
  protected void startInternal() throws LifecycleException {
    setState(LifecycleState.STARTING);
  }

  void answer() throws StartFailure {
    try {
      getProtocolHandler().start();
    } catch (Exception e) {
      throw new StartFailure(
          "The port %d can't be listened on: %s".formatted(getLocalPort(), StartFailure.reason(e)),
          e);
    }
  }
}
