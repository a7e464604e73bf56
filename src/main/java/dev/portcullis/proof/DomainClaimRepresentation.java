package dev.portcullis.proof;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A claim of a domain as the admin API shows it.
 *
 * @param id its key
 * @param domain {@code shop.example.com}, or {@code *.example.com} for all below it
 * @param state {@code pending}, {@code proved}, {@code missing} or {@code lost}
 * @param recordName the host whose TXT record proves it
 * @param recordText the text of that record
 * @param note what the last look-up found, where that was not the record
 * @param createdAt UTC
 * @param provedAt since when it is proved, UTC; null while it is not
 * @param missingSince since when a proved one's record is gone, UTC
 * @param checkedAt when the record was looked up last, UTC
 * @param nextCheckAt when it will be at the latest, UTC
 */
public record DomainClaimRepresentation(
    String id,
    String domain,
    String state,
    String recordName,
    String recordText,
    String note,
    OffsetDateTime createdAt,
    @Nullable OffsetDateTime provedAt,
    @Nullable OffsetDateTime missingSince,
    @Nullable OffsetDateTime checkedAt,
    OffsetDateTime nextCheckAt) {}
