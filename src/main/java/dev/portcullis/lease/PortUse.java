package dev.portcullis.lease;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A port that is claimed on a node.
 *
 * @param accountId whose it is; empty where that was not written down yet
 * @param leftAt since when nobody uses it: it is only held for whoever had it; null while it is in
 *     use
 */
record PortUse(int port, String accountId, @Nullable OffsetDateTime leftAt) {}
