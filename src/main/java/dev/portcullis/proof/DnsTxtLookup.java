package dev.portcullis.proof;

import dev.portcullis.settings.Settings;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Name;
import org.xbill.DNS.NioClient;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/** Asks DNS, and remembers nothing: who has just set a record wants it to be seen. */
@ApplicationScoped
class DnsTxtLookup implements TxtLookup {
  private static final Logger LOG = System.getLogger(DnsTxtLookup.class.getName());
  private static final int PORT = 53;
  private static final Duration ONE_SERVER = Duration.ofSeconds(2);
  private static final Duration ALL_SERVERS = Duration.ofSeconds(6);
  private static final Duration WITH_ALIASES = Duration.ofSeconds(15);

  private Settings settings;
  private volatile @Nullable LookupSession session;
  private final AtomicBoolean failing = new AtomicBoolean();

  /** For the container's proxy only. */
  protected DnsTxtLookup() {}

  @Inject
  DnsTxtLookup(Settings settings) {
    this.settings = settings;
  }

  @Override
  public TxtAnswer texts(String host) {
    TxtAnswer answer = ask(host);
    if (answer instanceof TxtAnswer.Failed failed) {
      // the machine may have other servers by now
      session = null;
      if (!failing.getAndSet(true)) {
        LOG.log(
            Level.WARNING,
            "The TXT record of {0} could not be looked up, nor may others; still trying: {1}",
            host,
            failed.cause());
      }
    } else {
      failing.set(false);
    }
    return answer;
  }

  private TxtAnswer ask(String host) {
    try {
      List<String> texts =
          session()
              .lookupAsync(Name.fromString(host + "."), Type.TXT)
              .toCompletableFuture()
              .get(WITH_ALIASES.toMillis(), TimeUnit.MILLISECONDS)
              .getRecords()
              .stream()
              .filter(TXTRecord.class::isInstance)
              .map(record -> String.join("", ((TXTRecord) record).getStrings()))
              .toList();
      return texts.isEmpty() ? new TxtAnswer.Absent() : new TxtAnswer.Found(texts);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      return cause instanceof NoSuchDomainException || cause instanceof NoSuchRRSetException
          ? new TxtAnswer.Absent()
          : new TxtAnswer.Failed(
              Objects.requireNonNullElse(
                  cause == null ? null : cause.getMessage(), "the resolver failed"));
    } catch (TimeoutException e) {
      return new TxtAnswer.Failed("no answer within " + WITH_ALIASES.toSeconds() + " seconds");
    } catch (TextParseException e) {
      return new TxtAnswer.Failed(host + " is no name of DNS");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new TxtAnswer.Failed("Portcullis is stopping");
    }
  }

  private LookupSession session() {
    LookupSession known = session;
    if (known == null) {
      ResolverConfig.refresh();
      known = LookupSession.builder().resolver(resolver()).build();
      session = known;
    }
    return known;
  }

  private Resolver resolver() {
    List<Resolver> servers = new ArrayList<>();
    for (String text : settings.reservation().dnsServers()) {
      URI server = URI.create("dns://" + text);
      servers.add(
          new SimpleResolver(
              new InetSocketAddress(
                  server.getHost(), server.getPort() < 0 ? PORT : server.getPort())));
    }
    ExtendedResolver all =
        servers.isEmpty() ? new ExtendedResolver() : new ExtendedResolver(servers);
    for (Resolver one : all.getResolvers()) {
      one.setTimeout(ONE_SERVER);
    }
    all.setTimeout(ALL_SERVERS);
    return all;
  }

  @PreDestroy
  void stop() {
    // its threads would keep the classes of a WAR that is taken away
    NioClient.close();
  }
}
