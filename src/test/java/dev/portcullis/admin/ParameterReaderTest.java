package dev.portcullis.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ext.ParamConverter;
import java.lang.annotation.Annotation;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ParameterReaderTest {
  @SuppressWarnings("unused")
  @QueryParam("limit")
  private int limit;

  @Test
  void readsAWholeNumber() throws ReflectiveOperationException {
    assertEquals(7, limits().fromString("7"));
  }

  @Test
  void leavesAParameterThatIsNotGivenToJaxRs() {
    assertThrows(IllegalArgumentException.class, () -> limits().fromString(null));
  }

  private static ParamConverter<Integer> limits() throws ReflectiveOperationException {
    Annotation[] annotations = ParameterReaderTest.class.getDeclaredField("limit").getAnnotations();
    return Objects.requireNonNull(
        new ParameterReader().getConverter(int.class, int.class, annotations));
  }
}
