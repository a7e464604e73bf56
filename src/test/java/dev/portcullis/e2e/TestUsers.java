package dev.portcullis.e2e;

import java.util.Map;

/** The people in the realm of every server that tests run on. */
final class TestUsers {
  static final String PASSWORD = "correct horse battery staple";

  /** Names, and the role of each; empty for none of Portcullis's. */
  static final Map<String, String> ROLES =
      Map.of(
          "admin", "portcullis-admin",
          "operator", "portcullis-operator",
          "auditor", "portcullis-auditor",
          "attacked", "portcullis-admin",
          "forgetful", "portcullis-admin",
          "reader", "reader");

  private TestUsers() {}
}
