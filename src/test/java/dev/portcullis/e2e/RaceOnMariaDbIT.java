package dev.portcullis.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

class RaceOnMariaDbIT extends RaceScenarios {
  @Override
  Map<String, String> database(Path folder) throws IOException {
    return DatabaseServers.fresh(TestDatabase.Product.MARIADB).settings();
  }
}
