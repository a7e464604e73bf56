package dev.portcullis.operation;

import jakarta.json.bind.annotation.JsonbProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A client asks frps for a session. frps asks before it checks its own token.
 *
 * @param version frpc's version, for example {@code 0.70.1}
 * @param hostname the client's host name; empty before frpc 0.67
 * @param os Go's GOOS of the client
 * @param arch Go's GOARCH of the client
 * @param user the client's {@code user} setting, self-asserted
 * @param runId empty at a frpc process's first login, the id it was given at a later one
 * @param metas the client's {@code metadatas}; hold its secrets
 * @param poolCount work connections that the client keeps in reserve
 * @param clientAddress {@code ip:port}, {@code pipe} for the SSH gateway, a URL that the client
 *     chose for websocket; empty before frps 0.39
 * @param privilegeKey proof for frps itself, which checks it after this question: a hash of its
 *     token, or with {@code auth.method = "oidc"} the client's JSON web token
 * @param clientSpec what sort of client it is
 */
public record Login(
    String version,
    String hostname,
    String os,
    String arch,
    String user,
    @JsonbProperty("run_id") String runId,
    Map<String, String> metas,
    @JsonbProperty("pool_count") int poolCount,
    @JsonbProperty("client_address") String clientAddress,
    @JsonbProperty("privilege_key") String privilegeKey,
    @JsonbProperty("client_spec") ClientSpec clientSpec)
    implements Operation {

  public Login {
    version = Zero.text(version);
    hostname = Zero.text(hostname);
    os = Zero.text(os);
    arch = Zero.text(arch);
    user = Zero.text(user);
    runId = Zero.text(runId);
    metas = Zero.map(metas);
    clientAddress = Zero.text(clientAddress);
    privilegeKey = Zero.text(privilegeKey);
    clientSpec = Zero.spec(clientSpec);
  }

  @Override
  public FrpUser client() {
    return new FrpUser(user, metas, runId);
  }

  /** The same login with another run id; frps uses it and tells the client. */
  public Login withRunId(String newRunId) {
    return new Login(
        version,
        hostname,
        os,
        arch,
        user,
        newRunId,
        metas,
        poolCount,
        clientAddress,
        privilegeKey,
        clientSpec);
  }

  /** The same login with other metas; every later operation of the session carries them. */
  public Login withMetas(Map<String, String> newMetas) {
    return new Login(
        version,
        hostname,
        os,
        arch,
        user,
        runId,
        newMetas,
        poolCount,
        clientAddress,
        privilegeKey,
        clientSpec);
  }

  /** The same login with {@code value} under {@code key} of the metas. */
  public Login withMeta(String key, String value) {
    Map<String, String> changed = new LinkedHashMap<>(metas);
    changed.put(key, value);
    return withMetas(Collections.unmodifiableMap(changed));
  }

  /** The same login with another reserve of work connections. */
  public Login withPoolCount(int newPoolCount) {
    return new Login(
        version,
        hostname,
        os,
        arch,
        user,
        runId,
        metas,
        newPoolCount,
        clientAddress,
        privilegeKey,
        clientSpec);
  }

  /** Leaves out the metas and the privilege key, which hold secrets. */
  @Override
  public String toString() {
    return "Login[user=" + user + ", runId=" + runId + ", clientAddress=" + clientAddress + "]";
  }
}
