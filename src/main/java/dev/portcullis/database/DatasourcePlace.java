package dev.portcullis.database;

import jakarta.servlet.ServletContext;
import java.util.Arrays;

/** Which file of a server its datasource is configured in, for whoever has to mend it. */
enum DatasourcePlace {
  // before Tomcat's own name, which TomEE's information has too
  TOMEE("TomEE", "conf/tomee.xml"),
  WILDFLY("WildFly", "standalone/configuration/standalone.xml"),
  PAYARA("Payara", "the domain's config/domain.xml"),
  GLASSFISH("GlassFish", "the domain's config/domain.xml"),
  LIBERTY("Liberty", "server.xml"),
  OTHER("", "the server's configuration");

  private final String product;
  private final String file;

  DatasourcePlace(String product, String file) {
    this.product = product;
    this.file = file;
  }

  /**
   * The file, as the server's own documentation calls it.
   *
   * @param started what servers send with {@code Initialized(ApplicationScoped)}: the application's
   *     {@code ServletContext}, which can't be injected outside a request everywhere
   */
  static String of(Object started) {
    String serverInfo = started instanceof ServletContext context ? context.getServerInfo() : "";
    return Arrays.stream(values())
        .filter(place -> serverInfo.contains(place.product))
        .findFirst()
        .orElse(OTHER)
        .file;
  }
}
