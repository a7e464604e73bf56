package dev.portcullis.database;

/**
 * What happens first when Portcullis starts: priorities of observers of {@code
 * Initialized(ApplicationScoped)}, the one start event that TomEE, WildFly and Payara all send
 * where a failure stops the deployment.
 */
public final class StartOrder {
  public static final int MIGRATION = 1;

  /** From which change on this replica listens. */
  public static final int REVISION = 50;

  /** Caches that must be full before the first question. */
  public static final int LOAD = 100;

  /** Tasks that run from then on. */
  public static final int BACKGROUND = 200;

  private StartOrder() {}
}
