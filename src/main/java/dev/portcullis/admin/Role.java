package dev.portcullis.admin;

/** Roles of the server's realm. */
public final class Role {
  /** May see and change everything. */
  public static final String ADMIN = "portcullis-admin";

  private Role() {}
}
