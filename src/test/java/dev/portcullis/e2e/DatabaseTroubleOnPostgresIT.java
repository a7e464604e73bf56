package dev.portcullis.e2e;

import java.io.IOException;
import java.nio.file.Path;

class DatabaseTroubleOnPostgresIT extends DatabaseTroubleScenarios {
  @Override
  DatabaseServer server(Path folder) throws IOException {
    return Postgres.start(folder);
  }
}
