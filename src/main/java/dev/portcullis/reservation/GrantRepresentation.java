package dev.portcullis.reservation;

import java.time.OffsetDateTime;

/**
 * A grant as the admin API shows it.
 *
 * @param id its key
 * @param kind {@code tcp-port}, {@code udp-port}, {@code domain}, {@code subdomain}, {@code
 *     proxy-type} or {@code proxy-name}
 * @param value in the one way in which the kind is written
 * @param exclusive whether its ports are the account's alone
 * @param createdAt UTC
 */
public record GrantRepresentation(
    String id, String kind, String value, boolean exclusive, OffsetDateTime createdAt) {}
