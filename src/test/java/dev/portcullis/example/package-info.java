/** A policy of a third party: all that its jar holds. */
@org.jspecify.annotations.NullMarked
package dev.portcullis.example;
