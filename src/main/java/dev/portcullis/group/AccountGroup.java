package dev.portcullis.group;

import dev.portcullis.database.Moment;
import dev.portcullis.database.RowId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

/** A group of accounts of which an administrator has said something. */
@Entity
@Table(name = "account_group")
public class AccountGroup {
  @Id
  @Column(name = "id", length = 36)
  private String id = RowId.next();

  @Column(name = "name", length = GroupStore.LONGEST_NAME)
  private String name = "";

  @Column(name = "description", length = 400)
  private String description = "";

  @Column(name = "sign_in", length = SignInWays.LENGTH)
  private @Nullable String signIn;

  @Column(name = "created_at", length = Moment.LENGTH)
  private String createdAt = Moment.now();

  @Version
  @Column(name = "version")
  private long version;

  /** For JPA only. */
  protected AccountGroup() {}

  AccountGroup(String name) {
    this.name = name;
  }

  @Nullable SignInWays signIn() {
    return SignInWays.ofColumn(signIn);
  }

  void set(String newDescription, @Nullable SignInWays newSignIn) {
    description = newDescription;
    signIn = newSignIn == null ? null : newSignIn.column();
  }

  GroupRepresentation representation() {
    SignInWays ways = signIn();
    return new GroupRepresentation(
        name, description, ways == null ? null : ways.texts(), Moment.of(createdAt));
  }

  @Override
  public String toString() {
    return "AccountGroup[" + name + ", version " + version + "]";
  }
}
