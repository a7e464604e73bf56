package dev.portcullis.e2e;

import java.nio.file.Path;
import java.util.Map;

class RaceOnH2IT extends RaceScenarios {
  @Override
  Map<String, String> database(Path folder) {
    return Map.of();
  }
}
