package dev.portcullis.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class QuotedTest {

  @Test
  void isShortAndOnOneLine() {
    assertEquals("''", Quoted.of(""));
    assertEquals("'m\u00fcller'", Quoted.of("m\u00fcller"));
    assertEquals("'a?b?c?'", Quoted.of("a\nb\u0007c\u0085"));
    assertEquals("'" + "x".repeat(80) + "'", Quoted.of("x".repeat(80)));
    assertEquals("'" + "x".repeat(80) + "...'", Quoted.of("x".repeat(81)));
  }

  @Test
  void cutsNoLetterInTwo() {
    assertEquals("'" + "\ud83d\ude00".repeat(80) + "...'", Quoted.of("\ud83d\ude00".repeat(100)));
  }
}
