package dev.portcullis.geo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A small file in MaxMind's format, version 2.0: a binary tree of the bits of addresses, IPv4 in
 * {@code ::/96}, whose leaves point into a section of data; then what the file is.
 */
public final class Mmdb {
  private static final int NOTHING = -1;

  private final String type;
  private final List<int[]> nodes = new ArrayList<>();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();

  private Mmdb(String type) {
    this.type = type;
    nodes.add(new int[] {NOTHING, NOTHING});
  }

  /** One that knows countries. */
  public static Mmdb ofCountries() {
    return new Mmdb("Test-Country");
  }

  /** One that knows operators. */
  public static Mmdb ofOperators() {
    return new Mmdb("Test-ASN");
  }

  public Mmdb country(String network, String country) {
    return put(network, Map.of("country", Map.of("iso_code", country)));
  }

  public Mmdb operator(String network, long asn) {
    return put(network, Map.of("autonomous_system_number", asn));
  }

  private Mmdb put(String network, Object value) {
    String[] parts = network.split("/", 2);
    byte[] address;
    try {
      address = InetAddress.getByName(parts[0]).getAddress();
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
    int skipped = address.length == 4 ? 96 : 0;
    int length = skipped + Integer.parseInt(parts[1]);
    int offset = data.size();
    write(data, value);
    int node = 0;
    for (int bit = 0; bit < length; bit++) {
      int place = bit - skipped;
      int side = place < 0 ? 0 : address[place / 8] >> (7 - place % 8) & 1;
      if (bit == length - 1) {
        nodes.get(node)[side] = -2 - offset;
      } else {
        if (nodes.get(node)[side] < 0) {
          nodes.get(node)[side] = nodes.size();
          nodes.add(new int[] {NOTHING, NOTHING});
        }
        node = nodes.get(node)[side];
      }
    }
    return this;
  }

  public Path write(Path file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int[] node : nodes) {
      for (int child : node) {
        int pointer =
            child >= 0 ? child : child == NOTHING ? nodes.size() : nodes.size() + 16 + (-2 - child);
        out.write(pointer >> 16);
        out.write(pointer >> 8);
        out.write(pointer);
      }
    }
    out.writeBytes(new byte[16]);
    out.writeBytes(data.toByteArray());
    out.writeBytes("\u00ab\u00cd\u00efMaxMind.com".getBytes(ISO_8859_1));
    Map<String, Object> about = new TreeMap<>();
    about.put("node_count", (long) nodes.size());
    about.put("record_size", 24);
    about.put("ip_version", 6);
    about.put("database_type", type);
    about.put("languages", List.of());
    about.put("binary_format_major_version", 2);
    about.put("binary_format_minor_version", 0);
    about.put("build_epoch", BigInteger.valueOf(1_790_000_000L));
    about.put("description", Map.of());
    write(out, about);
    // as whoever updates such files does it
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.write(fresh, out.toByteArray());
    return Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void write(ByteArrayOutputStream out, Object value) {
    if (value instanceof String text) {
      byte[] bytes = text.getBytes(UTF_8);
      if (bytes.length > 28) {
        throw new IllegalArgumentException("longer than this writer can: " + text);
      }
      out.write(2 << 5 | bytes.length);
      out.writeBytes(bytes);
    } else if (value instanceof Long number) {
      out.write(6 << 5 | 4);
      for (int shift = 24; shift >= 0; shift -= 8) {
        out.write((int) (number >> shift));
      }
    } else if (value instanceof Integer number) {
      out.write(5 << 5 | 2);
      out.write(number >> 8);
      out.write(number);
    } else if (value instanceof BigInteger number) {
      // an extended type: 7 + 2
      out.write(8);
      out.write(2);
      for (int shift = 56; shift >= 0; shift -= 8) {
        out.write((int) (number.longValue() >> shift));
      }
    } else if (value instanceof Map<?, ?> map) {
      out.write(7 << 5 | map.size());
      map.forEach(
          (key, member) -> {
            write(out, key);
            write(out, member);
          });
    } else if (value instanceof List<?> list && list.isEmpty()) {
      // an extended type: 7 + 4
      out.write(0);
      out.write(4);
    } else {
      throw new IllegalArgumentException("not in such files: " + value);
    }
  }
}
