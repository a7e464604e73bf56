package dev.portcullis.node;

import org.jspecify.annotations.Nullable;

/**
 * An administrator's wish for a new secret.
 *
 * @param overlapSeconds how long the secrets so far stay valid, 0 to 30 days; default one day
 */
public record Rotation(@Nullable Long overlapSeconds) {}
