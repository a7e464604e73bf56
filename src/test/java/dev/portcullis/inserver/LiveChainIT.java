package dev.portcullis.inserver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.decision.DecisionPoint;
import dev.portcullis.operation.CloseProxy;
import dev.portcullis.operation.Login;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.operation.NewUserConn;
import dev.portcullis.operation.NewWorkConn;
import dev.portcullis.operation.Ping;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** The chain as the server has really built it, outermost first. */
@ArquillianTest
class LiveChainIT {
  @Inject private BeanManager beans;

  @Deployment
  static WebArchive war() {
    return BuiltWar.get().addClasses(LiveChainIT.class, BuiltWar.class);
  }

  @Test
  void login() {
    assertEquals(
        List.of(
            "AuditPolicy",
            "LadderPolicy",
            "FactsPolicy",
            "SessionGrantPolicy",
            "LoginThrottlePolicy",
            "AuthenticationPolicy",
            "RunIdPolicy",
            "LockPolicy",
            "KickPolicy",
            "LoginMetasPolicy",
            "ShadowPolicy",
            "RulePolicy",
            "LoginSessionPolicy",
            "LeaseRenewalPolicy"),
        chain(new TypeLiteral<DecisionPoint<Login>>() {}));
  }

  @Test
  void newProxy() {
    assertEquals(
        List.of(
            "AuditPolicy",
            "LadderPolicy",
            "FactsPolicy",
            "SessionGrantPolicy",
            "AuthenticationPolicy",
            "RunIdPolicy",
            "LockPolicy",
            "KickPolicy",
            "MetadataRewritingPolicy",
            "ShadowPolicy",
            "ProxyNamePolicy",
            "ProxyTypePolicy",
            "PortWhitelistPolicy",
            "DomainValidationPolicy",
            "RulePolicy",
            "BandwidthPolicy",
            "LeasePolicy",
            "LeaseRenewalPolicy"),
        chain(new TypeLiteral<DecisionPoint<NewProxy>>() {}));
  }

  @Test
  void closeProxy() {
    assertEquals(
        List.of(
            "AuditPolicy",
            "LadderPolicy",
            "FactsPolicy",
            "SessionGrantPolicy",
            "AuthenticationPolicy",
            "RunIdPolicy",
            "LockPolicy",
            "KickPolicy",
            "ShadowPolicy",
            "RulePolicy",
            "LeaseReleasePolicy",
            "LeaseRenewalPolicy"),
        chain(new TypeLiteral<DecisionPoint<CloseProxy>>() {}));
  }

  @Test
  void ping() {
    assertEquals(ALIVE, chain(new TypeLiteral<DecisionPoint<Ping>>() {}));
  }

  @Test
  void newWorkConn() {
    assertEquals(ALIVE, chain(new TypeLiteral<DecisionPoint<NewWorkConn>>() {}));
  }

  @Test
  void newUserConn() {
    assertEquals(
        List.of(
            "AuditPolicy",
            "LadderPolicy",
            "FactsPolicy",
            "SessionGrantPolicy",
            "AuthenticationPolicy",
            "RunIdPolicy",
            "LockPolicy",
            "KickPolicy",
            "ShadowPolicy",
            "RulePolicy",
            "VisitorBanPolicy",
            "ConnectionRatePolicy",
            "LeaseRenewalPolicy"),
        chain(new TypeLiteral<DecisionPoint<NewUserConn>>() {}));
  }

  private static final List<String> ALIVE =
      List.of(
          "AuditPolicy",
          "LadderPolicy",
          "FactsPolicy",
          "SessionGrantPolicy",
          "AuthenticationPolicy",
          "RunIdPolicy",
          "LockPolicy",
          "KickPolicy",
          "ShadowPolicy",
          "RulePolicy",
          "LeaseRenewalPolicy");

  private List<String> chain(TypeLiteral<?> point) {
    return beans.resolveDecorators(Set.of(point.getType()), Any.Literal.INSTANCE).stream()
        .map(decorator -> decorator.getBeanClass().getSimpleName())
        .toList();
  }
}
