package dev.portcullis.person;

import java.util.List;

/**
 * Who has signed in.
 *
 * @param name of the person, or of the machine's token
 * @param roles what they may
 * @param method how they proved it: {@code realm}, {@code server}, {@code session}, {@code token}
 *     or {@code jwt}
 */
public record MeRepresentation(String name, List<String> roles, String method) {
  public MeRepresentation {
    roles = List.copyOf(roles);
  }
}
