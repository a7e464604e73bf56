package dev.portcullis.inserver;

import java.io.File;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The WAR as it was built. */
final class BuiltWar {
  private BuiltWar() {}

  static WebArchive get() {
    return ShrinkWrap.createFromZipFile(
        WebArchive.class, new File(System.getProperty("portcullis.war")));
  }
}
