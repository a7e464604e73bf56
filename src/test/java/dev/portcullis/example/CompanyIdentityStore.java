package dev.portcullis.example;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Set;

/** A store of Jakarta Security that a company has written for its own people. */
@ApplicationScoped
public class CompanyIdentityStore implements IdentityStore {

  @Override
  public CredentialValidationResult validate(Credential credential) {
    return credential instanceof UsernamePasswordCredential given
            && given.compareTo("carol", "known to the company")
        ? new CredentialValidationResult("carol", Set.of("staff"))
        : CredentialValidationResult.INVALID_RESULT;
  }
}
