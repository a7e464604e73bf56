package dev.portcullis.geo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.condition.Address;
import dev.portcullis.database.Tasks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeoStoreTest {
  private static final String TASK = "reading where addresses are";

  @TempDir private Path folder;
  private Path file;
  private final Tasks tasks = new Tasks();

  @BeforeEach
  void write() throws Exception {
    file =
        Mmdb.ofCountries()
            .country("192.0.2.0/24", "DE")
            .country("198.51.100.7/32", "AT")
            .country("2001:db8::/32", "CH")
            .write(folder.resolve("country.mmdb"));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0,DE",
    "192.0.2.255,DE",
    "::ffff:192.0.2.1,DE",
    "192.0.3.0,''",
    "198.51.100.7,AT",
    "198.51.100.6,''",
    "2001:db8:ffff::1,CH",
    "2001:db9::1,''",
    "10.0.0.1,''",
    "127.0.0.1,''",
    "::1,''"
  })
  void tellsTheCountryOfAnAddressAndNoneOfOneThatNoFileKnows(String address, String country) {
    assertEquals(country, Geo.of(file).country(Address.of(address)).orElse(""));
  }

  @Test
  void tellsTheOperatorOfANetwork() throws Exception {
    GeoStore geo =
        Geo.of(Mmdb.ofOperators().operator("203.0.113.0/24", 3320).write(folder.resolve("asn")));
    assertEquals(Optional.of(3320), geo.asn(Address.of("203.0.113.9")));
    assertEquals(Optional.empty(), geo.asn(Address.of("203.0.114.9")));
    assertTrue(geo.tellsOperators());
    assertFalse(geo.tellsCountries());
  }

  @Test
  void knowsNothingWithoutAFile() {
    assertFalse(Geo.none().tellsCountries());
    assertFalse(Geo.none().tellsOperators());
    assertEquals(Optional.empty(), Geo.none().country(Address.of("192.0.2.1")));
  }

  @Test
  void readsAFileAgainThatHasChanged() throws Exception {
    GeoStore geo = Geo.of(file, tasks);
    Mmdb.ofCountries().country("192.0.2.0/24", "FR").country("10.0.0.0/8", "FR").write(file);
    assertEquals(Optional.of("DE"), geo.country(Address.of("192.0.2.1")));
    tasks.run(TASK);
    assertEquals(Optional.of("FR"), geo.country(Address.of("192.0.2.1")));
  }

  @Test
  void keepsWhatItHasWhereTheFileIsGoneOrBroken() throws Exception {
    GeoStore geo = Geo.of(file, tasks);
    Files.writeString(file, "no such format");
    tasks.run(TASK);
    assertEquals(Optional.of("DE"), geo.country(Address.of("192.0.2.1")));
    Files.delete(file);
    tasks.run(TASK);
    assertEquals(Optional.of("DE"), geo.country(Address.of("192.0.2.1")));
    assertTrue(geo.tellsCountries());
  }

  @Test
  void takesAFileThatComesLater() throws Exception {
    Path later = folder.resolve("later.mmdb");
    GeoStore geo = Geo.of(later, tasks);
    assertFalse(geo.tellsCountries());
    Files.copy(file, later);
    tasks.run(TASK);
    assertEquals(Optional.of("DE"), geo.country(Address.of("192.0.2.1")));
  }
}
