package dev.portcullis.signin;

import dev.portcullis.account.AccountStore;
import dev.portcullis.account.KnownAccount;
import dev.portcullis.decision.SignInWay;
import dev.portcullis.directory.Directory;
import dev.portcullis.directory.DirectoryAnswer;
import dev.portcullis.group.GroupStore;
import dev.portcullis.operation.Operation;
import dev.portcullis.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code metas.password} is what the company's directory knows of the user. */
@ApplicationScoped
class PasswordSignIn implements SignIn {
  private AccountStore accounts;
  private Admission admission;
  private Directory directory;
  private Duration outlives;

  /** For the container's proxy only. */
  protected PasswordSignIn() {}

  @Inject
  PasswordSignIn(
      AccountStore accounts, Admission admission, Directory directory, Settings settings) {
    this.accounts = accounts;
    this.admission = admission;
    this.directory = directory;
    this.outlives = settings.signIn().sessionOutlives();
  }

  @Override
  public Optional<Proof> prove(Operation operation, OffsetDateTime now) {
    String password = operation.client().metas().getOrDefault("password", "");
    return password.isEmpty()
        ? Optional.empty()
        : Optional.of(asked(operation.client().user(), password, now));
  }

  // nobody's password is tried at the directory for nothing: wrong ones may lock people out there
  private Proof asked(String user, String password, OffsetDateTime now) {
    Optional<KnownAccount> account =
        user.length() > LONGEST_USER ? Optional.empty() : accounts.find(user);
    if (account.isEmpty() && !admission.isForNewcomer(user)) {
      return Proof.Failed.of("authentication.unknown-account");
    }
    if (account.isPresent() && !admission.mayOpen(account.get(), SignInWay.PASSWORD)) {
      return Proof.Failed.of("authentication.way-closed");
    }
    DirectoryAnswer answer = directory.check(user, password);
    if (answer instanceof DirectoryAnswer.Known known) {
      return new Proof.Proved(
          SignInWay.PASSWORD,
          "",
          now.plus(outlives),
          known.groups().stream().filter(GroupStore::isName).collect(Collectors.toSet()));
    }
    return answer instanceof DirectoryAnswer.Refused
        ? Proof.Failed.of("authentication.wrong-password")
        : new Proof.Failed(
            "authentication.directory-away",
            "Portcullis can't check this password now, since the directory does not answer. frpc may try again; if it lasts, tell whoever runs the server.");
  }
}
