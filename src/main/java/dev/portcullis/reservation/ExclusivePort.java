package dev.portcullis.reservation;

import dev.portcullis.database.RowId;
import dev.portcullis.reservation.GrantSet.Transport;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A port that is one account's alone, on every node: unique by transport and port. */
@Entity
@Table(name = "exclusive_port")
public class ExclusivePort {
  @Id
  @Column(name = "id", length = 36)
  private String id = RowId.next();

  @Column(name = "grant_id", length = 36)
  private String grantId = "";

  @Column(name = "account_id", length = 36)
  private String accountId = "";

  @Column(name = "account_name", length = 64)
  private String accountName = "";

  @Column(name = "transport", length = 8)
  private String transport = "";

  @Column(name = "port")
  private int port;

  /** For JPA only. */
  protected ExclusivePort() {}

  ExclusivePort(Grant grant, String accountName, Transport transport, int port) {
    this.grantId = grant.id();
    this.accountId = grant.accountId();
    this.accountName = accountName;
    this.transport = transport.word();
    this.port = port;
  }

  String accountId() {
    return accountId;
  }

  String accountName() {
    return accountName;
  }

  int port() {
    return port;
  }

  /** As {@code tcp:6000}. */
  String key() {
    return key(transport, port);
  }

  static String key(String transport, int port) {
    return transport + ":" + port;
  }

  @Override
  public String toString() {
    return "ExclusivePort[" + id + ", " + key() + "]";
  }
}
