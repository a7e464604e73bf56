package dev.portcullis.kick;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A rung of the ladder.
 *
 * @param operation frp's name of what frps asks
 * @param acts whether it can act on this session, as far as was seen
 * @param cameAt when frps last asked it of this session, UTC, to within the renewal interval; null
 *     for never
 * @param refusedAt when it last put this session's client off, UTC, to within a second; null for
 *     never
 * @param says what a refusal does, or what is missing
 */
public record RungRepresentation(
    String operation,
    boolean acts,
    @Nullable OffsetDateTime cameAt,
    @Nullable OffsetDateTime refusedAt,
    String says) {}
