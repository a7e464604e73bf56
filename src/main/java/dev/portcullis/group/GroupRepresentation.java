package dev.portcullis.group;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A group as the admin API shows it.
 *
 * @param name unique; as the directory spells it, where it is one of the directory's
 * @param description for people
 * @param signIn ways to sign in that it opens to its accounts; null when it says nothing of that
 * @param createdAt UTC
 */
public record GroupRepresentation(
    String name, String description, @Nullable List<String> signIn, OffsetDateTime createdAt) {}
