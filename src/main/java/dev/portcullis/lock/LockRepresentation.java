package dev.portcullis.lock;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A lock as the admin API shows it; of the members up to {@code node} those that it is on.
 *
 * @param id its key
 * @param account name of the account
 * @param group name of the group
 * @param address an address or a network
 * @param proxy full name of the proxy, or a pattern of it
 * @param node name of the node; beside {@code proxy} the only one where it counts
 * @param message the reason that clients are told
 * @param author who has set it
 * @param createdAt UTC
 * @param expiresAt UTC; null when it stands until it is lifted
 */
public record LockRepresentation(
    String id,
    @Nullable String account,
    @Nullable String group,
    @Nullable String address,
    @Nullable String proxy,
    @Nullable String node,
    String message,
    String author,
    OffsetDateTime createdAt,
    @Nullable OffsetDateTime expiresAt) {}
