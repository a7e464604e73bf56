package dev.portcullis.decision;

/**
 * A registered frps.
 *
 * @param id key of its row; stays when the node is changed
 * @param name unique, chosen by the administrator
 */
public record NodeIdentity(String id, String name) {}
