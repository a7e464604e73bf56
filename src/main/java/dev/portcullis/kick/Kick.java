package dev.portcullis.kick;

import dev.portcullis.database.Moment;
import dev.portcullis.database.RowId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** One login of a session was ended, or one of the proxies that it opened. */
@Entity
@Table(name = "session_kick")
public class Kick {
  @Id
  @Column(name = "id", length = 36)
  private String id = RowId.next();

  @Column(name = "run_id", length = 64)
  private String runId = "";

  @Column(name = "generation")
  private long generation;

  @Column(name = "proxy_name", length = 255)
  private String proxyName = "";

  @Column(name = "message", length = 400)
  private String message = "";

  @Column(name = "author", length = 255)
  private String author = "";

  @Column(name = "created_at", length = Moment.LENGTH)
  private String createdAt = Moment.now();

  /** For JPA only. */
  protected Kick() {}

  /** Of a proxy; of the whole login where {@code proxyName} is empty. */
  Kick(String runId, long generation, String proxyName) {
    this.runId = runId;
    this.generation = generation;
    this.proxyName = proxyName;
  }

  /** Again: the latest word counts, and the first moment. */
  void say(String newMessage, String newAuthor) {
    message = newMessage;
    author = newAuthor;
  }

  String runId() {
    return runId;
  }

  long generation() {
    return generation;
  }

  KnownKick known() {
    return new KnownKick(runId, generation, proxyName, message, author, Moment.of(createdAt));
  }

  @Override
  public String toString() {
    return "Kick[" + runId + ", " + generation + "]";
  }
}
