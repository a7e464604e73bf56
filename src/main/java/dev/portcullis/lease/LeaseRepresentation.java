package dev.portcullis.lease;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A lease as the admin API shows it.
 *
 * @param id its key
 * @param node name of its node
 * @param proxyName with the user's prefix
 * @param account name of the account
 * @param runId frp's run id of the session that holds it
 * @param generation login of that run id; 0 where frps shows no logins to Portcullis
 * @param held whether it is held now
 * @param remotePort 0 for a type without a port
 * @param claimedAt UTC
 * @param renewedAt last sign of life, UTC, to within the renewal interval
 * @param releasedAt UTC; null while it is held
 */
public record LeaseRepresentation(
    String id,
    String node,
    String proxyName,
    String proxyType,
    String account,
    String runId,
    long generation,
    boolean held,
    int remotePort,
    OffsetDateTime claimedAt,
    OffsetDateTime renewedAt,
    @Nullable OffsetDateTime releasedAt) {}
