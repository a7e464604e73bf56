package dev.portcullis.person;

import java.util.Set;

/**
 * Somebody who has proved who they are.
 *
 * @param name of the person
 * @param groups that they are in
 */
public record CallerGroups(String name, Set<String> groups) {
  public CallerGroups {
    groups = Set.copyOf(groups);
  }
}
