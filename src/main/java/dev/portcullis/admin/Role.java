package dev.portcullis.admin;

/** What people who administer may. A group of a realm or directory becomes a role by a setting. */
public final class Role {
  /** May see and change everything. */
  public static final String ADMIN = "portcullis-admin";

  /** May see everything, free what is held or banned, lock and kick. */
  public static final String OPERATOR = "portcullis-operator";

  /** May see everything. */
  public static final String AUDITOR = "portcullis-auditor";

  /** Everybody who has signed in; the word is the Servlet specification's. */
  public static final String SIGNED_IN = "**";

  private Role() {}
}
