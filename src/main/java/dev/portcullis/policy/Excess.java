package dev.portcullis.policy;

/**
 * That something would be more than a limit allows.
 *
 * @param code for the audit log
 * @param limit its name
 * @param most that it allows
 * @param reason for the person at the client
 */
public record Excess(String code, String limit, int most, String reason) {}
