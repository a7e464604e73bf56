package dev.portcullis.database;

import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;

/**
 * Brings the database to this version's tables before anything touches them, or stops the start.
 */
@ApplicationScoped
class Migration {
  private static final Logger LOG = System.getLogger(Migration.class.getName());

  // by database, since a datasource that nobody configured may silently be another one
  private static final Map<String, Map<String, String>> TYPES =
      Map.of(
          "H2", Map.of("timestamp", "timestamp(6) with time zone", "text", "text", "options", ""),
          "PostgreSQL",
              Map.of("timestamp", "timestamp(6) with time zone", "text", "text", "options", ""),
          "MariaDB", Map.of("timestamp", "datetime(6)", "text", "longtext", "options", ""));

  // lookup, not name: WildFly would inject its default datasource for a name
  @Resource(lookup = "java:comp/env/jdbc/portcullis")
  private DataSource dataSource;

  void migrate(
      @Observes @Priority(StartOrder.MIGRATION) @Initialized(ApplicationScoped.class)
          Object started) {
    Flyway flyway =
        Flyway.configure(Migration.class.getClassLoader())
            .dataSource(dataSource)
            .locations("classpath:db/migration")
            .placeholders(types())
            .load();
    if (flyway.info().all().length == 0) {
      throw new MigrationException(
          "The WAR's migrations were not found on the class path; deploy the WAR as it was built");
    }
    try {
      MigrateResult result = flyway.migrate();
      LOG.log(
          Level.INFO,
          "Database {0} is at version {1} ({2} migrations done now)",
          result.database,
          flyway.info().current().getVersion(),
          result.migrationsExecuted);
    } catch (FlywayException e) {
      throw new MigrationException(
          "The database of the datasource jdbc/portcullis can't be brought to this version; restore its backup or mend what is named here, then start again: "
              + e.getMessage(),
          e);
    }
  }

  private Map<String, String> types() {
    String product;
    try (Connection connection = dataSource.getConnection()) {
      product = connection.getMetaData().getDatabaseProductName();
    } catch (SQLException e) {
      throw new MigrationException(
          "The database of the datasource jdbc/portcullis can't be reached; check its address, user and password: "
              + e.getMessage(),
          e);
    }
    Map<String, String> types = TYPES.get(product);
    if (types == null) {
      throw new MigrationException(
          "The datasource jdbc/portcullis is a %s database; configure one of %s (see server-config/README.md)"
              .formatted(product, TYPES.keySet().stream().sorted().toList()));
    }
    return types;
  }
}
