package dev.portcullis.change;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.change.Changed.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChangeTest {

  @ParameterizedTest
  @EnumSource
  void tellsWhatHasChanged(Kind kind) {
    for (String ref : new String[] {"alice", "", "a:b", ":", "\u4e2d:"}) {
      Changed changed = new Changed(kind, ref);
      Change row = new Change(changed, 7);
      assertEquals(changed, row.changed());
      assertEquals(7, row.revision());
    }
  }
}
