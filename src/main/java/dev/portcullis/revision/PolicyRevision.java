package dev.portcullis.revision;

import dev.portcullis.database.Moment;
import dev.portcullis.database.RowId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A policy document as somebody has saved it. */
@Entity
@Table(name = "policy_revision")
public class PolicyRevision {
  @Id
  @Column(name = "id", length = 36)
  private String id = RowId.next();

  @Column(name = "revision_number")
  private long number;

  @Column(name = "base")
  private long base;

  @Column(name = "author", length = 255)
  private String author = "";

  @Column(name = "remark", length = 400)
  private String comment = "";

  @Column(name = "document", columnDefinition = "text")
  private String document = "";

  @Column(name = "created_at", length = Moment.LENGTH)
  private String createdAt = Moment.now();

  /** For JPA only. */
  protected PolicyRevision() {}

  PolicyRevision(long number, long base, String author, String comment, String document) {
    this.number = number;
    this.base = base;
    this.author = author;
    this.comment = comment;
    this.document = document;
  }

  long number() {
    return number;
  }

  String document() {
    return document;
  }

  RevisionRepresentation representation(boolean withDocument) {
    return new RevisionRepresentation(
        number, base, author, comment, Moment.of(createdAt), withDocument ? document : null);
  }

  @Override
  public String toString() {
    return "PolicyRevision[" + id + ", number " + number + "]";
  }
}
