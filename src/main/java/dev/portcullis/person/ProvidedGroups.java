package dev.portcullis.person;

import jakarta.enterprise.context.RequestScoped;
import java.util.Set;

/** The groups that an OpenID provider has named in this request. */
@RequestScoped
public class ProvidedGroups {
  private Set<String> groups = Set.of();

  /** Remembers them for the rest of the request. */
  public void set(Set<String> provided) {
    groups = Set.copyOf(provided);
  }

  boolean contains(String group) {
    return groups.contains(group);
  }
}
