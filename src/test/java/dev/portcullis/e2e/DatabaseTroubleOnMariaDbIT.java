package dev.portcullis.e2e;

import java.io.IOException;
import java.nio.file.Path;

class DatabaseTroubleOnMariaDbIT extends DatabaseTroubleScenarios {
  @Override
  DatabaseServer server(Path folder) throws IOException {
    return MariaDb.start(folder);
  }
}
