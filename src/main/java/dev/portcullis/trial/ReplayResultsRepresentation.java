package dev.portcullis.trial;

import java.util.List;

/**
 * What a replay has found.
 *
 * @param same decisions that would be the same
 * @param different decisions that would be others
 * @param notByPolicy decisions that no policy makes: closed proxies, and refusals by a sign-in, a
 *     lease and the like
 * @param unreadable decisions without facts, or of a revision that can't be used any more
 * @param ungrouped those among the different ones that are in none of the groups, since there are
 *     too many of them
 * @param groups the largest first
 */
public record ReplayResultsRepresentation(
    long same,
    long different,
    long notByPolicy,
    long unreadable,
    long ungrouped,
    List<ReplayGroupRepresentation> groups) {

  public ReplayResultsRepresentation {
    groups = List.copyOf(groups);
  }
}
