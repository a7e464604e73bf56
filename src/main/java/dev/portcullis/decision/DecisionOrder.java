package dev.portcullis.decision;

/**
 * The chain, outermost first. Each number belongs to one policy: containers order equal ones
 * differently. A test inside the server pins the live chain of every operation.
 *
 * <pre>
 * band           policy               Login NewProxy CloseProxy Ping NewWorkConn NewUserConn
 * observe        audit                  x      x         x       x        x           x
 *                ladder                 x      x         x       x        x           x
 *                facts                  x      x         x       x        x           x
 * identify       session grant          x      x         x       x        x           x
 *                login throttle         x
 *                authentication         x      x         x       x        x           x
 *                run id                 x      x         x       x        x           x
 *                lock                   x      x         x       x        x           x
 *                kick                   x      x         x       x        x           x
 * shape          login metas            x
 *                metadata rewriting            x
 * third parties  2000 to 2999           ?      ?         ?       ?        ?           ?
 * enforce        shadow                 x      x         x       x        x           x
 *                proxy name                    x
 *                proxy type                    x
 *                port whitelist                x
 *                domain validation             x
 *                rules                  x      x         x       x        x           x
 *                visitor ban                                                     x
 *                connection rate                                                 x
 *                bandwidth                     x
 * claim          login session          x
 *                lease                         x
 *                lease release                           x
 *                lease renewal          x      x         x       x        x           x
 * </pre>
 *
 * <p>Enforcement comes after the extensions, so that nobody reshapes a request past a rule; claims
 * come last, so that a later refusal never leaks one.
 */
public final class DecisionOrder {
  public static final int AUDIT = 1000;
  public static final int LADDER = 1010;
  public static final int FACTS = 1020;

  public static final int SESSION_GRANT = 1100;
  public static final int LOGIN_THROTTLE = 1105;
  public static final int AUTHENTICATION = 1110;
  public static final int RUN_ID = 1120;
  public static final int LOCK = 1130;
  public static final int KICK = 1131;

  public static final int LOGIN_METAS = 1300;
  public static final int METADATA_REWRITING = 1310;

  /** The first priority that is free for extensions. */
  public static final int THIRD_PARTY_FIRST = 2000;

  /** The last priority that is free for extensions. */
  public static final int THIRD_PARTY_LAST = 2999;

  public static final int SHADOW = 3000;
  public static final int PROXY_NAME = 3005;
  public static final int PROXY_TYPE = 3010;
  public static final int PORT_WHITELIST = 3020;
  public static final int DOMAIN_VALIDATION = 3030;
  public static final int RULE = 3040;
  public static final int VISITOR_BAN = 3045;
  public static final int CONNECTION_RATE = 3050;
  public static final int BANDWIDTH = 3060;

  public static final int LOGIN_SESSION = 3500;
  public static final int LEASE = 3510;
  public static final int LEASE_RELEASE = 3520;
  public static final int LEASE_RENEWAL = 3530;

  private DecisionOrder() {}
}
