package dev.portcullis.session;

import java.time.OffsetDateTime;

/**
 * A session as the admin API shows it.
 *
 * @param runId frp's run id
 * @param account its name
 * @param node name of the node of the last login
 * @param generation of the last login: the first one's is its second since 1970, each further one's
 *     is one more; 0 where frps shows no logins to Portcullis
 * @param createdAt first login, UTC
 * @param loginAt last login, UTC
 * @param seenAt last operation, UTC, to within the renewal interval
 */
public record SessionRepresentation(
    String runId,
    String account,
    String node,
    long generation,
    String clientVersion,
    String os,
    String arch,
    String hostname,
    String clientAddress,
    OffsetDateTime createdAt,
    OffsetDateTime loginAt,
    OffsetDateTime seenAt) {}
