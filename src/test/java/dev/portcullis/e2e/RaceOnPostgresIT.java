package dev.portcullis.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;

class RaceOnPostgresIT extends RaceScenarios {
  private Postgres postgres;

  @Override
  Map<String, String> database(Path folder) throws IOException {
    postgres = Postgres.start(folder);
    return postgres.settings();
  }

  @AfterAll
  @Override
  void stop() throws IOException {
    super.stop();
    postgres.close();
  }
}
