package dev.portcullis.geo;

import dev.portcullis.condition.Address;
import dev.portcullis.database.Periodically;
import dev.portcullis.database.StartOrder;
import dev.portcullis.settings.Settings;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Countries of addresses, and the operators of their networks. */
@ApplicationScoped
public class GeoStore {
  private static final Logger LOG = System.getLogger(GeoStore.class.getName());
  private static final Duration LOOKING = Duration.ofSeconds(5);

  private List<Path> paths = List.of();
  private Periodically periodically;
  private volatile Map<Path, GeoFile> files = Map.of();
  private final Set<Path> failing = new HashSet<>();

  /** For the container's proxy only. */
  protected GeoStore() {}

  @Inject
  GeoStore(Settings settings, Periodically periodically) {
    this.paths = settings.geo();
    this.periodically = periodically;
  }

  void start(
      @Observes @Priority(StartOrder.LOAD) @Initialized(ApplicationScoped.class) Object started) {
    if (!paths.isEmpty()) {
      read();
      periodically.run("reading where addresses are", LOOKING, this::read);
    }
  }

  /** Whether there is a file that tells countries. */
  public boolean tellsCountries() {
    return files.values().stream().anyMatch(GeoFile::tellsCountries);
  }

  /** Whether there is a file that tells who operates networks. */
  public boolean tellsOperators() {
    return files.values().stream().anyMatch(GeoFile::tellsOperators);
  }

  /** ISO 3166 in capitals; empty where no file knows the address. */
  public Optional<String> country(Address address) {
    return first(GeoFile::tellsCountries, file -> file.country(address.inet()));
  }

  /** The number of the network's operator; empty where no file knows the address. */
  public Optional<Integer> asn(Address address) {
    return first(GeoFile::tellsOperators, file -> file.asn(address.inet()));
  }

  private <T> Optional<T> first(Predicate<GeoFile> tells, Function<GeoFile, Optional<T>> found) {
    return files.values().stream().filter(tells).map(found).flatMap(Optional::stream).findFirst();
  }

  // one task; a file that is no use leaves the one before it in force
  private void read() {
    Map<Path, GeoFile> read = new LinkedHashMap<>(files);
    for (Path path : paths) {
      try {
        GeoFile known = read.get(path);
        if (known == null || !known.isOf(path)) {
          read.put(path, GeoFile.read(path));
        }
        failing.remove(path);
      } catch (IOException e) {
        if (failing.add(path)) {
          LOG.log(
              Level.WARNING,
              "{0} (portcullis.geo) can''t be read: {1}; {2}",
              path,
              e,
              read.containsKey(path) ? "what was read before counts on" : "still trying");
        }
      }
    }
    files = read;
  }
}
