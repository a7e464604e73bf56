package dev.portcullis.geo;

import dev.portcullis.database.Tasks;
import dev.portcullis.settings.Given;
import java.nio.file.Path;
import java.util.Map;

/** Where addresses are, for the tests of other rooms. */
public final class Geo {
  private Geo() {}

  /** Nobody knows. */
  public static GeoStore none() {
    return new GeoStore(Given.settings(), new Tasks());
  }

  /** A file knows. */
  public static GeoStore of(Path file) {
    return of(file, new Tasks());
  }

  static GeoStore of(Path file, Tasks tasks) {
    GeoStore geo = new GeoStore(Given.settings(Map.of("portcullis.geo", file.toString())), tasks);
    geo.start(geo);
    return geo;
  }
}
