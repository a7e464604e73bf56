package dev.portcullis.embedded;

/** What a first start tells: the one time that the secrets are shown. */
record Welcome(Address address, Administrator administrator, String nodeSecret) {

  String text() {
    return """

    The admin API is at %1$s/api/v1, user %2$s, password %3$s
    Password and secrets are shown this once; note them.

    1. Add this to frps.toml and start frps:

    [[httpPlugins]]
    name = "portcullis"
    addr = "http://%4$s:%5$s@%6$s"
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
            nodeSecret,
            address.authority());
  }

  /** Leaves out what is secret. */
  @Override
  public String toString() {
    return "Welcome[" + address + "]";
  }
}
