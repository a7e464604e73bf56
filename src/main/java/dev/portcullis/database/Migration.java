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
import java.util.Optional;
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

  // lookup, not name: WildFly would inject its default datasource for a name
  @Resource(lookup = "java:comp/env/jdbc/portcullis")
  private DataSource dataSource;

  void migrate(
      @Observes @Priority(StartOrder.MIGRATION) @Initialized(ApplicationScoped.class)
          Object started) {
    String place = DatasourcePlace.of(started);
    Flyway flyway =
        Flyway.configure(Migration.class.getClassLoader())
            .dataSource(dataSource)
            // on Liberty Flyway finds a folder only by an empty file flyway.location in it
            .locations("classpath:db/migration")
            .placeholders(product(place).placeholders())
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
          "The database of the datasource jdbc/portcullis (%s) can't be brought to this version; restore its backup or mend what is named here, then start again: %s"
              .formatted(place, e.getMessage()),
          e);
    }
  }

  private DatabaseProduct product(String place) {
    try (Connection connection = dataSource.getConnection()) {
      String name = connection.getMetaData().getDatabaseProductName();
      DatabaseProduct product =
          DatabaseProduct.named(name)
              .orElseThrow(
                  () ->
                      new MigrationException(
                          "The datasource jdbc/portcullis is a %s database; configure one of %s in %s (see server-config/README.md)"
                              .formatted(name, DatabaseProduct.names(), place)));
      Optional<String> complaint = product.complaint(connection);
      if (complaint.isPresent()) {
        throw new MigrationException(
            "The datasource jdbc/portcullis (%s) can't be used as it is: %s"
                .formatted(place, complaint.get()));
      }
      return product;
    } catch (SQLException e) {
      throw new MigrationException(
          "The database of the datasource jdbc/portcullis can't be reached; check its address, user and password in %s: %s"
              .formatted(place, e.getMessage()),
          e);
    }
  }
}
