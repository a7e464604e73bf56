package dev.portcullis.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real frps with real frpc clients, configured as users do it. */
final class FrpsNode implements AutoCloseable {
  static final List<String> ALL_OPERATIONS =
      List.of("Login", "NewProxy", "CloseProxy", "Ping", "NewWorkConn", "NewUserConn");

  private final Frp frp;
  private final Path folder;
  private final int bindPort = Ports.free();
  private final int httpPort = Ports.free();
  private final int httpsPort = Ports.free();
  private final int tcpmuxPort = Ports.free();
  private final List<LoggedProcess> clients = new ArrayList<>();
  private LoggedProcess frps;
  private int started;

  private FrpsNode(Frp frp, Path folder) throws IOException {
    this.frp = frp;
    this.folder = folder;
  }

  /**
   * Starts frps.
   *
   * @param plugins the {@code [[httpPlugins]]} blocks
   */
  static FrpsNode start(Frp frp, Path folder, String... plugins) throws IOException {
    FrpsNode node = new FrpsNode(frp, folder);
    node.frps =
        frp.frps(
            node.write(
                "frps.toml",
                """
                bindAddr = "127.0.0.1"
                proxyBindAddr = "127.0.0.1"
                bindPort = %d
                vhostHTTPPort = %d
                vhostHTTPSPort = %d
                tcpmuxHTTPConnectPort = %d
                subDomainHost = "frp.test"
                auth.token = "frp-token"
                log.disablePrintColor = true
                log.level = "debug"
                %s
                """
                    .formatted(
                        node.bindPort,
                        node.httpPort,
                        node.httpsPort,
                        node.tcpmuxPort,
                        String.join("\n", plugins))));
    node.frps.await("frps started successfully");
    return node;
  }

  /** Starts frps with the INI that frp had before 0.52. */
  static FrpsNode startIni(Frp frp, Path folder, String plugins) throws IOException {
    FrpsNode node = new FrpsNode(frp, folder);
    node.frps =
        frp.frps(
            node.write(
                "frps.ini",
                """
                [common]
                bind_addr = 127.0.0.1
                proxy_bind_addr = 127.0.0.1
                bind_port = %d
                token = frp-token
                %s
                """
                    .formatted(node.bindPort, plugins)));
    node.frps.await("frps started successfully");
    return node;
  }

  /** A block for frps.toml. */
  static String plugin(String name, String address, String path, List<String> operations) {
    return """
        [[httpPlugins]]
        name = "%s"
        addr = "%s"
        path = "%s"
        ops = [%s]
        """
        .formatted(
            name,
            address,
            path,
            String.join(", ", operations.stream().map(op -> '"' + op + '"').toList()));
  }

  int bindPort() {
    return bindPort;
  }

  int httpPort() {
    return httpPort;
  }

  int httpsPort() {
    return httpsPort;
  }

  int tcpmuxPort() {
    return tcpmuxPort;
  }

  /**
   * Starts a frpc.
   *
   * @param user its user, and its {@code metadatas.token}
   * @param rest keys of the top level first, then {@code [[proxies]]} and {@code [[visitors]]}
   */
  LoggedProcess client(String user, String token, String rest) throws IOException {
    return client(
        """
        user = "%s"
        metadatas.token = "%s"
        %s
        """
            .formatted(user, token, rest));
  }

  LoggedProcess client(String config) throws IOException {
    LoggedProcess client =
        frp.frpc(
            write(
                "frpc-" + started++ + ".toml",
                """
                serverAddr = "127.0.0.1"
                serverPort = %d
                auth.token = "frp-token"
                log.disablePrintColor = true
                log.level = "debug"
                %s
                """
                    .formatted(bindPort, config)));
    clients.add(client);
    return client;
  }

  LoggedProcess clientIni(String user, String token, String proxies) throws IOException {
    LoggedProcess client =
        frp.frpc(
            write(
                "frpc-" + started++ + ".ini",
                """
                [common]
                server_addr = 127.0.0.1
                server_port = %d
                token = frp-token
                user = %s
                meta_token = %s
                %s
                """
                    .formatted(bindPort, user, token, proxies)));
    clients.add(client);
    return client;
  }

  /** A proxy of type tcp for frpc.toml; port 0 for any. */
  static String tcp(String name, int localPort, int remotePort) {
    return proxy(name, "tcp", localPort, remotePort == 0 ? "" : "remotePort = " + remotePort);
  }

  static String proxy(String name, String type, int localPort, String rest) {
    return """
        [[proxies]]
        name = "%s"
        type = "%s"
        localIP = "127.0.0.1"
        localPort = %d
        %s
        """
        .formatted(name, type, localPort, rest);
  }

  LoggedProcess frps() {
    return frps;
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  void stopClients() {
    clients.forEach(LoggedProcess::close);
    clients.clear();
  }

  @Override
  public void close() {
    stopClients();
    frps.close();
  }
}
