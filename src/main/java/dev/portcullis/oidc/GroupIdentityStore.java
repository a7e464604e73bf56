package dev.portcullis.oidc;

import dev.portcullis.person.ProvidedGroups;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.EnumSet;
import java.util.Set;

/**
 * Hears which groups the OpenID provider has named, and adds none. Not every server lets {@code
 * isUserInRole} be asked for a group that the WAR has not declared. No bean unless the settings say
 * so.
 */
@ApplicationScoped
class GroupIdentityStore implements IdentityStore {
  @Inject private ProvidedGroups provided;

  @Override
  public Set<String> getCallerGroups(CredentialValidationResult result) {
    provided.set(result.getCallerGroups());
    return Set.of();
  }

  @Override
  public Set<ValidationType> validationTypes() {
    return EnumSet.of(ValidationType.PROVIDE_GROUPS);
  }
}
