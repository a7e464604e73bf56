package dev.portcullis.settings;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.jspecify.annotations.Nullable;

/** Reads the settings of this server process. */
@ApplicationScoped
class SettingsProducer {
  private volatile @Nullable Settings settings;

  // dependent: a record can't be proxied
  @Produces
  Settings settings() {
    Settings known = settings;
    if (known == null) {
      known = Settings.ofProcess();
      settings = known;
    }
    return known;
  }
}
