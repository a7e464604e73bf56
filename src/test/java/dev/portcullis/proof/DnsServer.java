package dev.portcullis.proof;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** A DNS server of one socket, which knows what a test tells it; of others it says NXDOMAIN. */
public final class DnsServer implements AutoCloseable {
  private static final int TTL = 60;

  private final DatagramSocket socket =
      new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  private final Map<String, List<List<String>>> texts = new ConcurrentHashMap<>();
  private final Map<String, String> aliases = new ConcurrentHashMap<>();
  private volatile int failure = Rcode.NOERROR;
  private volatile boolean silent;

  public DnsServer() throws IOException {
    Thread thread = new Thread(this::serve, "dns");
    thread.setDaemon(true);
    thread.start();
  }

  /** As {@code portcullis.dns-servers} takes it. */
  public String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /** Sets the TXT records of a host, each in short parts; none for a host without one. */
  public void set(String host, String... records) {
    texts.put(
        host + ".",
        Arrays.stream(records).map(text -> List.of(text.split("(?<=\\G.{20})"))).toList());
  }

  public void alias(String host, String target) {
    aliases.put(host + ".", target + ".");
  }

  public void remove(String host) {
    texts.remove(host + ".");
  }

  /** Answers everything so, until told otherwise; {@link Rcode#NOERROR} for as it should. */
  public void fail(int rcode) {
    failure = rcode;
  }

  public void beSilent(boolean isSilent) {
    silent = isSilent;
  }

  private void serve() {
    byte[] buffer = new byte[4096];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        if (!silent) {
          byte[] answer =
              answer(new Message(Arrays.copyOf(packet.getData(), packet.getLength()))).toWire();
          socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      } catch (IOException e) {
        // closed, or no question: the next may be one
      }
    }
  }

  private Message answer(Message question) throws IOException {
    Record asked = question.getQuestion();
    Message answer = new Message(question.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.RD);
    answer.getHeader().setFlag(Flags.RA);
    answer.addRecord(asked, Section.QUESTION);
    if (failure != Rcode.NOERROR) {
      answer.getHeader().setRcode(failure);
      return answer;
    }
    Name name = asked.getName();
    String target = aliases.get(name.toString());
    while (target != null) {
      Name next = Name.fromString(target);
      answer.addRecord(new CNAMERecord(name, DClass.IN, TTL, next), Section.ANSWER);
      name = next;
      target = aliases.get(target);
    }
    List<List<String>> known = texts.get(name.toString());
    if (known == null) {
      answer.getHeader().setRcode(Rcode.NXDOMAIN);
    } else if (asked.getType() == Type.TXT) {
      for (List<String> record : known) {
        answer.addRecord(new TXTRecord(name, DClass.IN, TTL, record), Section.ANSWER);
      }
    }
    return answer;
  }

  @Override
  public void close() {
    socket.close();
  }
}
