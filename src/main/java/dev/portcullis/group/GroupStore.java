package dev.portcullis.group;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.admin.ProblemException;
import dev.portcullis.change.Changed;
import dev.portcullis.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Groups, through a bounded cache; that nothing is said of one is cached too. */
@ApplicationScoped
public class GroupStore {
  /** Of a group, in letters. */
  public static final int LONGEST_NAME = 200;

  private GroupRows rows;
  private Cache<String, Optional<SignInWays>> cache;

  /** For the container's proxy only. */
  protected GroupStore() {}

  @Inject
  GroupStore(GroupRows rows, Settings settings) {
    this.rows = rows;
    this.cache = Caffeine.newBuilder().maximumSize(settings.accountCache()).build();
  }

  void changed(@Observes Changed changed) {
    if (changed.kind() == Changed.Kind.GROUP) {
      // waits for a reading that is under way, so that it can't bring the old state back
      cache.invalidate(changed.ref());
    }
  }

  /** The ways to sign in that the group opens to its accounts; empty when it says nothing. */
  public Optional<SignInWays> signIn(String name) {
    return cache.get(
        name, asked -> rows.find(asked).flatMap(group -> Optional.ofNullable(group.signIn())));
  }

  /**
   * The same names, sorted, each once.
   *
   * @throws ProblemException 400 where one is none
   */
  public static SortedSet<String> names(Collection<String> names) {
    if (!names.stream().allMatch(GroupStore::isName)) {
      throw ProblemException.badRequest(
          "A group's name has 1 to %d letters, none of them a control character"
              .formatted(LONGEST_NAME));
    }
    return new TreeSet<>(names);
  }

  /** Whether a group can be called so. */
  public static boolean isName(String name) {
    return !name.isBlank()
        && name.length() <= LONGEST_NAME
        && name.codePoints()
            .noneMatch(c -> Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF));
  }
}
