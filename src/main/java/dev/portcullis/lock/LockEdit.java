package dev.portcullis.lock;

import dev.portcullis.account.AccountStore;
import dev.portcullis.admin.Moment;
import dev.portcullis.admin.ProblemException;
import dev.portcullis.condition.Network;
import dev.portcullis.condition.TextPattern;
import dev.portcullis.group.GroupStore;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An administrator's wish for a lock, on one of the members up to {@code node}; or on a proxy of
 * one node.
 *
 * @param account name of an account
 * @param group name of a group
 * @param address an address or a network, as {@code 192.0.2.0/24} or {@code 2001:db8::/32}
 * @param proxy full name of a proxy, as {@code alice.web}; {@code *} stands for any letters
 * @param node name of a node
 * @param message the reason that clients are told; 1 to 400 letters on one line
 * @param expiresAt when it ends by itself; default when it is lifted
 */
public record LockEdit(
    @Nullable String account,
    @Nullable String group,
    @Nullable String address,
    @Nullable String proxy,
    @Nullable String node,
    @Nullable String message,
    @Nullable String expiresAt) {
  static final String EXAMPLE =
      "Give what to lock, and a message: {\"account\":\"alice\",\"message\":\"Call the help desk.\"}";

  private static final int LONGEST_MESSAGE = 400;
  private static final int LONGEST_NODE = 64;
  private static final int LONGEST_ADDRESS = 64;

  private record Target(LockKind kind, String name) {}

  /** The lock, of that author. */
  Lock lock(String author, OffsetDateTime now) {
    Target target = target();
    return new Lock(
        target.kind(),
        target.name(),
        target.kind() == LockKind.PROXY && node != null ? node : "",
        checkedMessage(),
        author,
        expiry(now));
  }

  private Target target() {
    List<Target> targets = new ArrayList<>();
    add(targets, LockKind.ACCOUNT, account);
    add(targets, LockKind.GROUP, group);
    add(targets, LockKind.ADDRESS, address);
    add(targets, LockKind.PROXY, proxy);
    if (proxy == null) {
      add(targets, LockKind.NODE, node);
    }
    if (targets.size() != 1) {
      throw ProblemException.badRequest(
          "Give one of account, group, address, proxy and node, or proxy and node: a lock is on one thing");
    }
    check(targets.get(0));
    if (node != null && (node.isBlank() || node.length() > LONGEST_NODE)) {
      throw ProblemException.badRequest("node is no name of a node");
    }
    return targets.get(0);
  }

  private static void add(List<Target> targets, LockKind kind, @Nullable String name) {
    if (name != null) {
      targets.add(new Target(kind, name));
    }
  }

  private static void check(Target target) {
    switch (target.kind()) {
      case ACCOUNT -> require(AccountStore.isName(target.name()), "account is no name of one");
      case GROUP -> require(GroupStore.isName(target.name()), "group is no name of one");
      case ADDRESS -> {
        require(target.name().length() <= LONGEST_ADDRESS, "address is no address or network");
        read(Network::of, target.name(), "address: ");
      }
      case PROXY -> read(TextPattern::of, target.name(), "proxy: ");
      case NODE -> {
        // its length is checked for proxies too
      }
    }
  }

  private static void read(Consumer<String> reader, String text, String member) {
    try {
      reader.accept(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.badRequest(member + e.getMessage());
    }
  }

  private static void require(boolean right, String problem) {
    if (!right) {
      throw ProblemException.badRequest(problem);
    }
  }

  private String checkedMessage() {
    String text = message == null ? "" : message.strip();
    require(
        !text.isEmpty()
            && text.length() <= LONGEST_MESSAGE
            && text.chars().noneMatch(Character::isISOControl),
        "message has 1 to %d letters on one line: it is the reason that clients are told"
            .formatted(LONGEST_MESSAGE));
    return text;
  }

  private @Nullable OffsetDateTime expiry(OffsetDateTime now) {
    OffsetDateTime moment = Moment.parse(expiresAt);
    require(
        moment == null || moment.isAfter(now),
        "expiresAt has passed; leave it out for a lock that stands until it is lifted");
    return moment;
  }
}
