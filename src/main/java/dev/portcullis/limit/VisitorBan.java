package dev.portcullis.limit;

import dev.portcullis.database.Moment;
import dev.portcullis.database.RowId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

/** The last ban of a visitor from an account's proxies, in force or not. */
@Entity
@Table(name = "visitor_ban")
public class VisitorBan {
  @Id
  @Column(name = "id", length = 36)
  private String id = RowId.next();

  @Column(name = "account_id", length = 36)
  private String accountId = "";

  @Column(name = "account_name", length = 64)
  private String accountName = "";

  @Column(name = "visitor", length = 64)
  private String visitor = "";

  @Column(name = "limit_name", length = 255)
  private String limitName = "";

  @Column(name = "times")
  private int times;

  @Column(name = "begins_at", length = Moment.LENGTH)
  private String beginsAt = Moment.now();

  @Column(name = "ends_at", length = Moment.LENGTH)
  private String endsAt = Moment.now();

  @Column(name = "kept_until", length = Moment.LENGTH)
  private String keptUntil = Moment.now();

  @Version
  @Column(name = "version")
  private long version;

  /** For JPA only. */
  protected VisitorBan() {}

  VisitorBan(Ban ban) {
    accountId = ban.accountId();
    visitor = ban.visitor();
    set(ban);
  }

  void set(Ban ban) {
    accountName = ban.accountName();
    limitName = ban.limit().length() > 255 ? ban.limit().substring(0, 255) : ban.limit();
    times = ban.times();
    beginsAt = Moment.text(ban.beginsAt());
    endsAt = Moment.text(ban.endsAt());
    keptUntil = Moment.text(ban.keptUntil());
  }

  Ban ban() {
    return new Ban(
        accountId,
        accountName,
        visitor,
        limitName,
        times,
        Moment.of(beginsAt),
        Moment.of(endsAt),
        Moment.of(keptUntil));
  }

  BanRepresentation representation() {
    return new BanRepresentation(
        id, accountName, visitor, limitName, times, Moment.of(beginsAt), Moment.of(endsAt));
  }

  @Override
  public String toString() {
    return "VisitorBan[" + id + ", version " + version + "]";
  }
}
