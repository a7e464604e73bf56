package dev.portcullis.directory;

import dev.portcullis.directory.DirectoryAnswer.Known;
import dev.portcullis.directory.DirectoryAnswer.Refused;
import jakarta.enterprise.inject.Instance;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;

/** Asks the identity stores of Jakarta Security. */
final class IdentityStoreCheck implements PasswordCheck {
  private final Instance<IdentityStoreHandler> handler;
  private final Instance<IdentityStore> stores;

  IdentityStoreCheck(Instance<IdentityStoreHandler> handler, Instance<IdentityStore> stores) {
    this.handler = handler;
    this.stores = stores;
  }

  void requireStores() {
    // servers have a handler even where it has nobody to ask
    if (!handler.isResolvable() || stores.isUnsatisfied()) {
      throw new DirectoryException(
          "portcullis.password-store is server, but there is no identity store of Jakarta Security; on a server that has Jakarta Security add a jar with an IdentityStore bean to WEB-INF/lib, or set it to ldap, with portcullis.ldap.url");
    }
  }

  @Override
  public DirectoryAnswer check(String name, String password) {
    CredentialValidationResult result =
        handler.get().validate(new UsernamePasswordCredential(name, password));
    // a store that takes another spelling would make two accounts of one user
    return result.getStatus() == CredentialValidationResult.Status.VALID
            && result.getCallerPrincipal().getName().equals(name)
        ? new Known(result.getCallerGroups())
        : new Refused();
  }
}
