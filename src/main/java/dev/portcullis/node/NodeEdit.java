package dev.portcullis.node;

import org.jspecify.annotations.Nullable;

/**
 * What an administrator sets on a node; an absent member stays as it is, or takes its default.
 *
 * @param name for a new node only
 * @param description at most 400 letters; default empty
 * @param enabled default true
 * @param metaAuthentication default true
 */
public record NodeEdit(
    @Nullable String name,
    @Nullable String description,
    @Nullable Boolean enabled,
    @Nullable Boolean metaAuthentication) {

  void applyTo(Node node) {
    if (description != null) {
      node.describe(description);
    }
    if (enabled != null) {
      node.enable(enabled);
    }
    if (metaAuthentication != null) {
      node.authenticateByMetas(metaAuthentication);
    }
  }
}
