package dev.portcullis.revision;

/**
 * Which revisions count.
 *
 * @param active the number of the one that decides; 0 for none: then grants alone allow
 * @param shadow the number of the one that is tried beside it; 0 for none
 */
public record ChoiceRepresentation(long active, long shadow) {}
