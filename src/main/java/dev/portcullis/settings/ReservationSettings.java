package dev.portcullis.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;

/**
 * Whose ports and domains are.
 *
 * @param portHold {@code portcullis.port-hold}: how long a port that is in no pool of the policy is
 *     held for the proxy that had it
 * @param dnsServers {@code portcullis.dns-servers}: who is asked for the records that prove
 *     domains, as {@code 192.0.2.53} or {@code 192.0.2.53:5353}; none for those of the machine
 * @param domainPending {@code portcullis.domain-pending}: how soon a claim of a domain that is not
 *     proved is looked at again; later and later as it grows old
 * @param domainRecheck {@code portcullis.domain-recheck}: how soon a proved one is
 * @param domainGrace {@code portcullis.domain-grace}: how long a proved domain outlives its record
 */
public record ReservationSettings(
    Duration portHold,
    List<String> dnsServers,
    Duration domainPending,
    Duration domainRecheck,
    Duration domainGrace) {

  public ReservationSettings {
    dnsServers = List.copyOf(dnsServers);
  }

  static ReservationSettings read(SettingReader reader) {
    String servers = "portcullis.dns-servers";
    return new ReservationSettings(
        reader.duration("portcullis.port-hold", "P30D", Duration.ZERO),
        reader.text(servers, "").isEmpty() ? List.of() : addresses(servers, reader.list(servers)),
        reader.duration("portcullis.domain-pending", "PT5M", Duration.ofMillis(50)),
        reader.duration("portcullis.domain-recheck", "P1D", Duration.ofMillis(50)),
        reader.duration("portcullis.domain-grace", "P7D", Duration.ZERO));
  }

  private static List<String> addresses(String key, List<String> texts) {
    for (String text : texts) {
      try {
        URI address = new URI("dns://" + text);
        if (address.getHost() != null && text.equals(address.getRawAuthority())) {
          continue;
        }
      } catch (URISyntaxException e) {
        // the sentence below covers it
      }
      throw new InvalidSettingException(
          "%s has '%s'; write addresses as 192.0.2.53, 192.0.2.53:5353 or [2001:db8::53]:53"
              .formatted(key, text));
    }
    return texts;
  }
}
