package dev.portcullis.geo;

import com.maxmind.db.Reader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One file in MaxMind's format, in memory, as it was at a moment. */
final class GeoFile {
  private final Reader reader;
  private final FileTime modifiedAt;
  private final long size;

  private GeoFile(Reader reader, FileTime modifiedAt, long size) {
    this.reader = reader;
    this.modifiedAt = modifiedAt;
    this.size = size;
  }

  /**
   * Reads a file.
   *
   * @throws IOException when it can't be read, or is in no such format
   */
  static GeoFile read(Path path) throws IOException {
    FileTime modifiedAt = Files.getLastModifiedTime(path);
    long size = Files.size(path);
    return new GeoFile(new Reader(path.toFile(), Reader.FileMode.MEMORY), modifiedAt, size);
  }

  /** Whether the file is still the one that was read. */
  boolean isOf(Path path) throws IOException {
    return Files.getLastModifiedTime(path).equals(modifiedAt) && Files.size(path) == size;
  }

  /** Whether such files tell countries: those of operators are called so by all who make them. */
  boolean tellsCountries() {
    return !tellsOperators();
  }

  boolean tellsOperators() {
    return reader.getMetadata().getDatabaseType().toUpperCase(Locale.ROOT).matches(".*(ASN|ISP).*");
  }

  Optional<String> country(InetAddress address) {
    return record(address).get("country") instanceof Map<?, ?> country
            && country.get("iso_code") instanceof String code
        ? Optional.of(code)
        : Optional.empty();
  }

  Optional<Integer> asn(InetAddress address) {
    return record(address).get("autonomous_system_number") instanceof Number number
        ? Optional.of(number.intValue())
        : Optional.empty();
  }

  private Map<?, ?> record(InetAddress address) {
    if (address instanceof Inet6Address && reader.getMetadata().getIpVersion() == 4) {
      return Map.of();
    }
    try {
      @Nullable Map<?, ?> record = reader.get(address, Map.class);
      return record == null ? Map.of() : record;
    } catch (IOException e) {
      // a fault within the file
      throw new UncheckedIOException(e);
    }
  }
}
