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
    if (!handler.isResolvable()) {
      throw new DirectoryException(
          "portcullis.password-store is server, but this server has no Jakarta Security; set it to ldap, with portcullis.ldap.url, or run Portcullis on a server that has it");
    }
    if (stores.isUnsatisfied()) {
      throw new DirectoryException(
          "portcullis.password-store is server, but Jakarta Security has no identity store; add a jar with one to WEB-INF/lib, or set it to ldap, with portcullis.ldap.url");
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
