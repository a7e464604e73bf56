package dev.portcullis.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.account.AccountStore;
import dev.portcullis.account.KnownAccount;
import dev.portcullis.decision.Asked;
import dev.portcullis.decision.DecisionPoint;
import dev.portcullis.decision.NodeIdentity;
import dev.portcullis.decision.SignInWay;
import dev.portcullis.directory.Directory;
import dev.portcullis.directory.DirectoryAnswer;
import dev.portcullis.group.GroupStore;
import dev.portcullis.group.SignInWays;
import dev.portcullis.jwt.JwtRefusedException;
import dev.portcullis.jwt.JwtVerifier;
import dev.portcullis.jwt.RefusedTokens;
import dev.portcullis.jwt.VerifiedJwt;
import dev.portcullis.node.NodeStore;
import dev.portcullis.operation.Operation;
import dev.portcullis.secret.Secrets;
import dev.portcullis.settings.Given;
import dev.portcullis.settings.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All that a sign-in asks, in memory. */
final class HandMade {
  final Accounts accounts = new Accounts();
  final Map<String, SignInWays> groups = new HashMap<>();
  final Map<String, Object> tokens = new HashMap<>();
  final Map<String, DirectoryAnswer> passwords = new HashMap<>();
  final List<String> askedDirectory = new ArrayList<>();
  boolean byMetas = true;
  boolean jwtConfigured = true;

  static final class Accounts extends AccountStore {
    final Map<String, KnownAccount> known = new HashMap<>();
    final List<String> asked = new ArrayList<>();
    final List<String> written = new ArrayList<>();

    @Override
    public Optional<KnownAccount> find(String name) {
      asked.add(name);
      return Optional.ofNullable(known.get(name));
    }

    @Override
    public void learn(String name, Set<String> groups) {
      written.add("learn " + name + " " + groups);
      known.computeIfPresent(name, (n, account) -> account.withDirectoryGroups(groups));
    }

    @Override
    public void welcome(String name, SignInWay way, Set<String> groups) {
      written.add("welcome " + name + " " + way + " " + groups);
      known.put(
          name,
          new KnownAccount(
              "new-id", name, true, null, Set.of(), groups, Map.of(), null, List.of()));
    }
  }

  private final class Groups extends GroupStore {
    @Override
    public Optional<SignInWays> signIn(String name) {
      return Optional.ofNullable(groups.get(name));
    }
  }

  private final class Passwords extends Directory {
    @Override
    public DirectoryAnswer check(String name, String password) {
      askedDirectory.add(name);
      return passwords.getOrDefault(name + ":" + password, new DirectoryAnswer.Refused());
    }
  }

  private final class Tokens extends JwtVerifier {
    @Override
    public boolean isConfigured() {
      return jwtConfigured;
    }

    @Override
    public VerifiedJwt verify(String token) throws JwtRefusedException {
      Object answer = tokens.getOrDefault(token, "jwt.signature");
      if (answer instanceof VerifiedJwt verified) {
        return verified;
      }
      throw RefusedTokens.refused((String) answer);
    }
  }

  private final class Nodes extends NodeStore {
    @Override
    public boolean authenticatesByMetas(NodeIdentity node) {
      assertEquals(Asked.NODE, node);
      return byMetas;
    }
  }

  <C extends Operation> AuthenticationPolicy<C> policy(
      DecisionPoint<C> next, Map<String, String> settings) {
    Settings given = Given.settings(settings);
    Admission admission = new Admission(accounts, new Groups(), given);
    return new AuthenticationPolicy<>(
        next,
        accounts,
        new SignIns(
            new SshSignIn(),
            new TokenSignIn(accounts, new Secrets(given)),
            new JwtSignIn(new Tokens(), given),
            new PasswordSignIn(accounts, admission, new Passwords(), given)),
        admission,
        new Nodes());
  }

  static SignInWays ways(SignInWay... open) {
    return new SignInWays(Set.of(open));
  }
}
