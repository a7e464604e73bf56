package dev.portcullis.directory;

/** One way to find out whether a name and a password belong together. */
interface PasswordCheck {

  /** Neither is empty, too long, or has control characters. */
  DirectoryAnswer check(String name, String password);
}
