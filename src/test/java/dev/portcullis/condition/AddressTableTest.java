package dev.portcullis.condition;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AddressTableTest {

  /** All addresses of a small corner of both families, and networks in it, some of them twice. */
  @Test
  void findsWhatAskingEveryNetworkFinds() {
    Random random = new Random(12);
    for (int round = 0; round < 300; round++) {
      boolean four = random.nextBoolean();
      List<String> networks = new ArrayList<>();
      for (int i = random.nextInt(8); i > 0; i--) {
        int bits = random.nextInt(9);
        int first = random.nextInt(256) >> (8 - bits) << (8 - bits);
        networks.add(
            four
                ? "10.0.0.%d/%d".formatted(first, 24 + bits)
                : "2001:db8::%x/%d".formatted(first, 120 + bits));
      }
      AddressTable<String> table = AddressTable.of(networks, Network::of);
      for (int last = 0; last < 256; last++) {
        Address address = Address.of(four ? "10.0.0." + last : "2001:db8::%x".formatted(last));
        List<String> expected =
            networks.stream()
                .filter(network -> AddressSet.of(List.of(network)).contains(address))
                .sorted(
                    Comparator.comparing(network -> -Integer.parseInt(network.split("/", -1)[1])))
                .toList();
        assertEquals(expected, table.covering(address).toList(), networks + " and " + address);
      }
      assertEquals(
          List.of(), table.covering(Address.of(four ? "2001:db8::1" : "10.0.0.1")).toList());
    }
  }
}
