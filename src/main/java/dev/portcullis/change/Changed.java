package dev.portcullis.change;

/**
 * A CDI event: something that a cache may hold is another by now. Fired after the commit on the
 * replica that made the change, and within the poll interval on every other; so at least once.
 *
 * @param kind what sort of thing
 * @param ref which one; what it means depends on the kind
 */
public record Changed(Kind kind, String ref) {

  /** Sorts of things that caches hold. */
  public enum Kind {
    /** {@code ref} is the account's name. */
    ACCOUNT,
    /** {@code ref} is the group's name. */
    GROUP,
    /** {@code ref} is the account's id. */
    GRANTS,
    /** {@code ref} is {@code all}: ports are an account's alone by now, or no longer. */
    EXCLUSIVE_PORTS,
    /** {@code ref} is the id of the account whose proved domains are others by now. */
    DOMAIN_CLAIMS,
    /** {@code ref} is the node's name. */
    NODE,
    /** {@code ref} is the id of the account or node that the imposition is for. */
    IMPOSITION,
    /** {@code ref} is {@code active}: another revision of the policy is, or is tried in shadow. */
    POLICY,
    /** {@code ref} is how the hashes of the tokens begin that are another by now. */
    ACCESS_TOKEN,
    /** {@code ref} is {@code all}: some visitor is banned, or no longer. */
    BANS,
    /** {@code ref} is {@code all}: a lock was set or lifted. */
    LOCK,
    /** {@code ref} is {@code all}: a session or a proxy was kicked. */
    KICK
  }
}
