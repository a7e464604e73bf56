package dev.portcullis.settings;

import java.util.Map;

/** Settings for the tests of other rooms. */
public final class Given {
  /** An operator's key. */
  public static final String KEY = "0123456789abcdef0123456789abcdef";

  private Given() {}

  /** The defaults under {@link #KEY}. */
  public static Settings settings() {
    return settings(Map.of());
  }

  /** The defaults under that key. */
  public static Settings underKey(String key) {
    return settings(Map.of("portcullis.key", key));
  }

  /** The defaults but for some. */
  @SuppressWarnings("NullAway") // in a class file it does not see that the function may give null
  public static Settings settings(Map<String, String> texts) {
    return Settings.read(
        key -> key.equals("portcullis.key") ? texts.getOrDefault(key, KEY) : texts.get(key));
  }
}
