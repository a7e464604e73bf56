package dev.portcullis.directory;

import java.util.Set;

/** What a directory says to a name and a password. */
public sealed interface DirectoryAnswer {

  /**
   * Both are right.
   *
   * @param groups as the directory spells them; empty where none are read
   */
  record Known(Set<String> groups) implements DirectoryAnswer {
    public Known {
      groups = Set.copyOf(groups);
    }
  }

  /** There is no such name, or it has another password: one and the same to whoever asks. */
  record Refused() implements DirectoryAnswer {}

  /**
   * Nobody could say; asking again may help.
   *
   * @param why for the administrator, not for the client; holds no secret
   */
  record Unavailable(String why) implements DirectoryAnswer {}
}
