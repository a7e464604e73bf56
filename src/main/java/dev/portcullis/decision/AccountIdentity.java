package dev.portcullis.decision;

/**
 * The account that a client was found to be.
 *
 * @param id key of its row; an account made anew under an old name has another id
 * @param name unique; equal to the {@code user} of frpc
 * @param credentialId key of the credential that proved it
 */
public record AccountIdentity(String id, String name, String credentialId) {}
