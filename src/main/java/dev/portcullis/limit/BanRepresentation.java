package dev.portcullis.limit;

import java.time.OffsetDateTime;

/**
 * A ban as the admin API shows it.
 *
 * @param id its key
 * @param account name of the account to whose proxies the visitor may not come
 * @param visitor an address, or a network of IPv6 with {@code /64}
 * @param limit name of the limit that was exceeded
 * @param times how many bans of this visitor there were of late, with this one
 * @param beginsAt UTC
 * @param endsAt UTC
 */
public record BanRepresentation(
    String id,
    String account,
    String visitor,
    String limit,
    int times,
    OffsetDateTime beginsAt,
    OffsetDateTime endsAt) {}
