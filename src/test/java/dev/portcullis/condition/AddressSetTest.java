package dev.portcullis.condition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
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

  private static BigInteger number(Address address) {
    return new BigInteger(Long.toUnsignedString(address.high()))
        .shiftLeft(64)
        .or(new BigInteger(Long.toUnsignedString(address.low())));
  }

  /** An address, often next to one that it was made of before, often a mapped one. */
  private static Address near(Random random, Address before) {
    int bit = random.nextInt(128);
    long high = bit < 64 ? 1L << bit : 0;
    long low = bit < 64 ? 0 : 1L << (bit - 64);
    return switch (random.nextInt(4)) {
      case 0 -> new Address(random.nextLong(), random.nextLong());
      case 1 -> new Address(0, 0xFFFF_0000_0000L | (random.nextLong() & 0xFFFF_FFFFL));
      default -> new Address(before.high() ^ high, before.low() ^ low);
    };
  }

  /** Networks of all lengths and both families, against numbers of 128 bits. */
  @Test
  void holdsWhatNumbersOf128BitsHold() {
    Random random = new Random(12);
    int inside = 0;
    int covering = 0;
    for (int round = 0; round < 2_000; round++) {
      Map<Address, Integer> one = networks(random, Address.of("2001:db8::1"));
      Map<Address, Integer> more = new HashMap<>(networks(random, one.keySet().iterator().next()));
      AddressSet set = set(one);
      AddressSet other = set(more);
      Optional<Set<Address>> lookedUpBy = AddressSet.networks(List.of(set));
      Address address = one.keySet().iterator().next();
      for (int i = 0; i < 50; i++) {
        address = near(random, address);
        boolean expected = holds(one, address);
        inside += expected ? 1 : 0;
        assertEquals(expected, set.contains(address), set + " and " + address);
        assertEquals(address, Address.of(address.toString()));
        if (expected && lookedUpBy.isPresent()) {
          assertTrue(lookedUpBy.get().contains(address.network()), set + " and " + address);
        }
        if (set.containsAll(other) && holds(more, address)) {
          covering++;
          assertTrue(expected, set + " has all of " + other + " but " + address);
        }
      }
    }
    assertTrue(inside > 1_000 && covering > 100, inside + " inside, " + covering + " of a part");
  }

  private static Map<Address, Integer> networks(Random random, Address from) {
    Map<Address, Integer> networks = new HashMap<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int bits = random.nextInt(129);
      networks.put(near(random, from).first(bits), bits);
    }
    return networks;
  }

  private static AddressSet set(Map<Address, Integer> networks) {
    return AddressSet.of(
        networks.entrySet().stream()
            .map(
                network ->
                    network.getKey().isIpv4()
                        // its length counts all 128 bits
                        ? "::ffff:" + network.getKey() + "/" + network.getValue()
                        : network.getKey() + "/" + network.getValue())
            .toList());
  }

  private static boolean holds(Map<Address, Integer> networks, Address address) {
    return networks.entrySet().stream()
        .anyMatch(
            network ->
                number(address)
                    .xor(number(network.getKey()))
                    .shiftRight(128 - network.getValue())
                    .equals(BigInteger.ZERO));
  }

  @Test
  void holdsAllOfANetworkByItsHalves() {
    AddressSet halves =
        AddressSet.of(List.of("192.0.2.0/25", "192.0.2.128/25", "::/1", "8000::/1"));
    assertTrue(halves.containsAll(AddressSet.of(List.of("192.0.2.0/24", "::/0"))));
    assertFalse(
        AddressSet.of(List.of("192.0.2.0/25", "192.0.2.192/26"))
            .containsAll(AddressSet.of(List.of("192.0.2.0/24"))));
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
