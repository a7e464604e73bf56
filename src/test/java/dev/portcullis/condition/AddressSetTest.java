package dev.portcullis.condition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressSetTest {

  /** All addresses of a small corner of both families, and networks in it. */
  @Test
  void holdsWhatComparingBitByBitHolds() {
    Random random = new Random(11);
    for (int round = 0; round < 300; round++) {
      boolean four = random.nextBoolean();
      List<String> texts = new ArrayList<>();
      List<int[]> networks = new ArrayList<>();
      for (int i = random.nextInt(6); i >= 0; i--) {
        int bits = random.nextInt(9);
        int network = random.nextInt(256) >> (8 - bits) << (8 - bits);
        networks.add(new int[] {network, bits});
        texts.add(
            four
                ? "10.0.0.%d/%d".formatted(network, 24 + bits)
                : "2001:db8::%x/%d".formatted(network, 120 + bits));
      }
      AddressSet set = AddressSet.of(texts);
      for (int last = 0; last < 256; last++) {
        int address = last;
        assertEquals(
            networks.stream().anyMatch(n -> (address ^ n[0]) >> (8 - n[1]) == 0),
            set.contains(Address.of(four ? "10.0.0." + last : "2001:db8::%x".formatted(last))),
            texts + " and " + last);
      }
      assertEquals(false, set.contains(Address.of(four ? "2001:db8::1" : "10.0.0.1")));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0/0, 255.255.255.255, true",
    "0.0.0.0/0, ::1, false",
    "::/0, ::1, true",
    "192.0.2.0/24, ::ffff:192.0.2.9, true",
    "::ffff:192.0.2.0/120, 192.0.2.9, true",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.8, false",
    "fe80::/10, fe80:0:0:0:1:2:3:4, true"
  })
  void contains(String network, String address, boolean expected) {
    assertEquals(expected, AddressSet.of(List.of(network)).contains(Address.of(address)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "example.com",
        "1",
        "127.1",
        "256.0.0.1",
        "1.2.3.4.5",
        "01.2.3.4",
        "1.2.3",
        "::g",
        ":::",
        "fe80::1%eth0",
        "1.2.3.4/33",
        "1.2.3.4/-1",
        "1.2.3.4/",
        "::1/129",
        "1.2.3.4/24"
      })
  void refusesWhatIsNoNetworkAndAsksNoNameServer(String text) {
    assertThrows(IllegalArgumentException.class, () -> AddressSet.of(List.of(text)));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1:51000, 192.0.2.1",
    "192.0.2.1, 192.0.2.1",
    "[2001:db8::1]:51000, 2001:db8:0:0:0:0:0:1",
    "2001:db8::1, 2001:db8:0:0:0:0:0:1",
    "::ffff:192.0.2.1, 192.0.2.1"
  })
  void findsTheAddressOfAnEndpoint(String endpoint, String address) {
    assertEquals(address, Address.ofEndpoint(endpoint).orElseThrow().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "pipe", "http://192.0.2.1/", "[::1", "a.example:80", "@"})
  void findsNoneWhereThereIsNone(String endpoint) {
    assertTrue(Address.ofEndpoint(endpoint).isEmpty());
  }

  @Test
  void countsIpv6ByItsNetworkOf64Bits() {
    assertEquals(Address.of("192.0.2.1"), Address.of("192.0.2.1").counted());
    assertEquals(
        Address.of("2001:db8:1:2::1").counted(), Address.of("2001:db8:1:2:ffff::9").counted());
  }
}
