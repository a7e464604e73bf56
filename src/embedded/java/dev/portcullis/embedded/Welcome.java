package dev.portcullis.embedded;

import java.util.Optional;

/**
 * What a first start tells: the one time that the secrets are shown.
 *
 * @param nodeSecret empty when there was a node already
 */
record Welcome(Address address, Administrator administrator, Optional<String> nodeSecret) {

  String text() {
    return """

    The admin API is at %1$s/api/v1, user %2$s, password %3$s
    Password and secrets are shown this once; note them.

    1. %5$s

    [[httpPlugins]]
    name = "portcullis"
    addr = "http://%4$s:%6$s@%7$s"
    path = "/handler"
    ops = ["Login", "NewProxy", "CloseProxy", "Ping", "NewWorkConn", "NewUserConn"]

    2. Add a first account; the answer holds its token:

    curl -u %2$s:%3$s -H 'Content-Type: application/json' -d '{"name":"alice","grants":[{"kind":"tcp-port","value":"6000-6010"}],"credentials":[{"label":"first"}]}' %1$s/api/v1/accounts

    """
        .formatted(
            address.url(),
            administrator.name(),
            administrator.password(),
            FirstNode.NAME,
            frpsStep(),
            nodeSecret.orElse("SECRET"),
            address.authority());
  }

  private String frpsStep() {
    return nodeSecret.isPresent()
        ? "Add this to frps.toml and start frps:"
        : """
        There is a node '%1$s' already; its frps goes on with the secret it has. If that is lost, make
           another SECRET (the old one ends after a day):

        curl -u %2$s:%3$s -H 'Content-Type: application/json' -d '{}' %4$s/api/v1/nodes/%1$s/secrets\
        """
            .formatted(
                FirstNode.NAME, administrator.name(), administrator.password(), address.url());
  }

  /** Leaves out what is secret. */
  @Override
  public String toString() {
    return "Welcome[" + address + "]";
  }
}
