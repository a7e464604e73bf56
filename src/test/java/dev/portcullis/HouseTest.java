package dev.portcullis;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.portcullis.admin.Admits;
import dev.portcullis.decision.DecisionOrder;
import jakarta.annotation.Priority;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.interceptor.InterceptorBinding;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What the code base keeps to. */
class HouseTest {
  private static final String HOUSE = "dev.portcullis";
  private static final JavaClasses CODE = code();

  /** What a room may know of the house. Whoever wants more changes this table first. */
  private static final Map<String, Set<String>> KNOWS =
      Map.ofEntries(
          Map.entry("operation", Set.of()),
          Map.entry("condition", Set.of()),
          Map.entry("policy", Set.of("condition")),
          Map.entry("revision", withFoundations("condition", "policy", "geo", "reservation")),
          Map.entry("geo", Set.of("settings", "database", "condition")),
          Map.entry("limit", withFoundations("condition", "policy", "revision")),
          Map.entry("decision", Set.of("operation")),
          // the words of their values
          Map.entry("settings", Set.of("decision")),
          Map.entry("secret", Set.of("settings")),
          Map.entry("database", Set.of("settings")),
          Map.entry("change", Set.of("settings", "database")),
          Map.entry("directory", Set.of("settings", "secret")),
          Map.entry("jwt", Set.of("settings", "database")),
          Map.entry("admin", Set.of("database")),
          Map.entry("audit", Set.of("operation", "decision", "database", "admin")),
          Map.entry("health", Set.of("decision", "admin")),
          Map.entry("web", Set.of("admin")),
          Map.entry("token", withFoundations()),
          Map.entry("person", withFoundations("token", "web")),
          Map.entry("oidc", Set.of("settings", "database", "person", "jwt")),
          // database: ApplicationContext alone, see below
          Map.entry("rpc", Set.of("operation", "decision", "node", "settings", "database")),
          Map.entry("rewrite", withFoundations("policy", "revision")),
          Map.entry("reservation", withFoundations()),
          Map.entry("proof", withFoundations("reservation")),
          Map.entry("session", withFoundations("policy", "revision", "limit")),
          Map.entry("node", withFoundations("rewrite")),
          Map.entry("group", withFoundations()),
          Map.entry(
              "account", withFoundations("group", "session", "reservation", "proof", "rewrite")),
          Map.entry(
              "signin",
              withFoundations(
                  "account", "group", "node", "directory", "jwt", "condition", "session")),
          Map.entry("lock", withFoundations("condition", "account", "group", "node")),
          Map.entry("kick", withFoundations("condition", "session", "account", "lease", "lock")),
          Map.entry(
              "lease", withFoundations("reservation", "policy", "revision", "limit", "session")),
          Map.entry("rule", withFoundations("reservation", "proof", "policy", "revision")),
          Map.entry(
              "trial", withFoundations("account", "reservation", "proof", "policy", "revision")));

  private static final Set<String> FOUNDATIONS = withFoundations("directory", "jwt");

  /** Rooms that hold nothing but values: no rows, no beans. */
  private static final Set<String> VALUE_ROOMS = Set.of("condition", "policy");

  /** Values that rooms hand to each other beside stores and what the admin API shows and takes. */
  private static final Set<String> VALUES =
      Set.of(
          "reservation.GrantSet",
          "reservation.OwnedGrant",
          "reservation.GrantSet$Transport",
          "reservation.DomainName",
          "revision.PolicyStore$Numbered",
          "proof.ProvedDomains",
          "person.ProvidedGroups",
          "person.BearerVerifier",
          "person.CallerGroups",
          // what a browser is told and asked, alike by every door
          "web.CrossOrigin",
          "web.SecurityHeaders",
          "account.KnownAccount",
          "account.KnownAccount$Key",
          "session.KnownSession",
          "session.Rung",
          "group.SignInWays");

  private static Set<String> withFoundations(String... rooms) {
    return Stream.concat(
            Stream.of(
                "operation",
                "decision",
                "settings",
                "secret",
                "database",
                "change",
                "admin",
                "audit"),
            Stream.of(rooms))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static JavaClasses code() {
    try {
      // the compiled src/main, whatever else is on the class path
      return new ClassFileImporter()
          .importPath(
              java.nio.file.Path.of(
                  RestApplication.class
                      .getProtectionDomain()
                      .getCodeSource()
                      .getLocation()
                      .toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String room(JavaClass type) {
    return type.getPackageName().equals(HOUSE)
        ? ""
        : type.getPackageName().substring(HOUSE.length() + 1);
  }

  private static String inRoom(JavaClass type) {
    return type.getName().substring(HOUSE.length() + 1);
  }

  /** What classes of the house use of the house outside their own room. */
  private static Stream<Dependency> acrossRooms() {
    return CODE.stream()
        .filter(type -> !room(type).isEmpty())
        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
        .filter(
            dependency ->
                target(dependency).getPackageName().startsWith(HOUSE)
                    && !room(target(dependency)).equals(room(dependency.getOriginClass())));
  }

  private static JavaClass target(Dependency dependency) {
    return dependency.getTargetClass().getBaseComponentType();
  }

  private static void assertNone(Stream<String> violations, String rule) {
    assertEquals(List.of(), violations.sorted().distinct().toList(), rule);
  }

  @Test
  void hasTheseRooms() {
    assertEquals(
        new TreeSet<>(KNOWS.keySet()),
        CODE.stream()
            .map(HouseTest::room)
            .filter(room -> !room.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new)));
    assertTrue(CODE.size() > 100, "classes found: " + CODE.size());
  }

  @Test
  void letsARoomKnowOnlyTheRoomsBelowIt() {
    assertNone(
        acrossRooms()
            .filter(
                dependency ->
                    !KNOWS
                        .getOrDefault(room(dependency.getOriginClass()), Set.of())
                        .contains(room(target(dependency))))
            .map(Dependency::getDescription),
        "rooms that a room must not know");
  }

  /** Hibernate makes a large object of it on PostgreSQL, which nobody else can read or deletes. */
  @Test
  void keepsLongTextsInColumnsOfText() {
    noClasses().should().dependOnClassesThat().areAssignableTo(Lob.class).check(CODE);
  }

  @Test
  void callsOnlyStoresOfOtherRooms() {
    assertNone(
        acrossRooms()
            .filter(dependency -> !FOUNDATIONS.contains(room(target(dependency))))
            .filter(dependency -> !VALUE_ROOMS.contains(room(target(dependency))))
            .filter(
                dependency -> {
                  JavaClass target = target(dependency);
                  return !target.getSimpleName().endsWith("Store")
                      && !target.getSimpleName().endsWith("Representation")
                      && !target.getSimpleName().endsWith("Edit")
                      && !VALUES.contains(inRoom(target));
                })
            .map(Dependency::getDescription),
        "what is called of another room is a store, a wire record or a listed value");
  }

  @Test
  void callsTheRoomsWithoutAStoreOfTheirOwnByTheseClasses() {
    assertEquals(
        Set.of(
            "audit.AuditEvent",
            "audit.AuditEvent$Kind",
            "audit.AuditEvent$Outcome",
            "audit.AuditRepresentation",
            "audit.AuditStore",
            "audit.DecisionSelection",
            "audit.RecordedDecision",
            "admin.Admits",
            "admin.Caller",
            "admin.CurrentCaller",
            "admin.Moment",
            "admin.Page",
            "admin.Paging",
            "admin.Problem",
            "admin.ProblemException",
            "change.ChangeStore",
            "change.Changed",
            "change.Changed$Kind",
            "database.ApplicationContext",
            "database.LostRace",
            "database.Moment",
            "database.Periodically",
            "database.RowId",
            "database.Unsaved",
            "directory.Directory",
            "directory.DirectoryAnswer$Known",
            "directory.DirectoryAnswer$Refused",
            "jwt.JwtRefusedException",
            "jwt.JwtVerifier",
            "jwt.PersonJwtVerifier",
            "jwt.VerifiedJwt",
            "secret.Secrets",
            "secret.Secrets$Purpose",
            "settings.DirectorySettings",
            "settings.DirectorySettings$PasswordStore",
            "settings.LdapSettings",
            "settings.InvalidSettingException",
            "settings.OidcSettings",
            "settings.PeopleSettings",
            "settings.PeopleSettings$Auth",
            "settings.JwtSettings",
            "settings.ReservationSettings",
            "settings.Settings",
            "settings.SignInSettings",
            "settings.SignInSettings$FirstLogin",
            "settings.Settings$UnknownOperation",
            "settings.ThrottleSettings"),
        acrossRooms()
            .map(HouseTest::target)
            .filter(target -> FOUNDATIONS.contains(room(target)))
            .filter(target -> !Set.of("operation", "decision").contains(room(target)))
            .map(HouseTest::inRoom)
            .collect(Collectors.toSet()));
  }

  @Test
  void showsRpcOfNodesAndTheDatabaseOneClassEach() {
    assertEquals(
        Set.of("node.NodeStore", "database.ApplicationContext"),
        acrossRooms()
            .filter(dependency -> room(dependency.getOriginClass()).equals("rpc"))
            .map(HouseTest::target)
            .filter(target -> Set.of("node", "database").contains(room(target)))
            .map(HouseTest::inRoom)
            .collect(Collectors.toSet()));
  }

  @Test
  void hasNoCyclesBetweenRooms() {
    slices().matching(HOUSE + ".(*)..").should().beFreeOfCycles().check(CODE);
  }

  @Test
  void keepsTheWordsOfFrpFreeOfEverything() {
    classes()
        .that(resideInAPackage(HOUSE + ".operation"))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                HOUSE + ".operation", "java..", "jakarta.json.bind.annotation", "org.jspecify.."))
        .check(CODE);
  }

  @Test
  void keepsTheExtensionApiFreeOfHttpJsonAndStorage() {
    classes()
        .that(resideInAPackage(HOUSE + ".decision"))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                HOUSE + ".decision",
                HOUSE + ".operation",
                "java..",
                "jakarta.enterprise.context",
                "org.jspecify.."))
        .check(CODE);
  }

  @Test
  void marksEveryPackageAgainstNull() throws Exception {
    for (String room : KNOWS.keySet()) {
      Class<?> info = Class.forName(HOUSE + "." + room + ".package-info");
      assertTrue(info.isAnnotationPresent(NullMarked.class), room);
    }
    assertTrue(Class.forName(HOUSE + ".package-info").isAnnotationPresent(NullMarked.class));
  }

  // ---- policies

  private static List<Class<?>> annotated(Class<? extends Annotation> annotation) {
    return CODE.stream()
        .filter(type -> type.isAnnotatedWith(annotation))
        .<Class<?>>map(JavaClass::reflect)
        .toList();
  }

  @Test
  void callsADecoratorAPolicyAndNothingElse() {
    assertNone(
        CODE.stream()
            .filter(
                type ->
                    type.isAnnotatedWith(Decorator.class)
                        != type.getSimpleName().endsWith("Policy"))
            .map(JavaClass::getName),
        "@Decorator and Policy belong together");
    assertTrue(annotated(Decorator.class).size() >= 14);
  }

  @Test
  void givesEveryPolicyAPriorityOfItsOwnOutsideTheBandOfThirdParties() {
    Map<Integer, String> priorities = new TreeMap<>();
    for (Class<?> policy : annotated(Decorator.class)) {
      Priority priority = policy.getAnnotation(Priority.class);
      assertTrue(priority != null, () -> policy + " has no priority");
      String other = priorities.put(priority.value(), policy.getSimpleName());
      assertEquals(null, other, () -> policy + " and another have " + priority.value());
      assertFalse(
          priority.value() >= DecisionOrder.THIRD_PARTY_FIRST
              && priority.value() <= DecisionOrder.THIRD_PARTY_LAST,
          () -> policy + " stands in the band of third parties");
    }
  }

  @Test
  void showsEveryPolicyInTheDecisionOrderUnderItsName() throws Exception {
    Map<String, Integer> order = new TreeMap<>();
    for (Field field : DecisionOrder.class.getFields()) {
      order.put(field.getName(), field.getInt(null));
    }
    assertEquals(2000, order.remove("THIRD_PARTY_FIRST"));
    assertEquals(2999, order.remove("THIRD_PARTY_LAST"));
    assertEquals(order.size(), new HashSet<>(order.values()).size(), "a number comes twice");
    Map<String, Integer> policies = new TreeMap<>();
    for (Class<?> policy : annotated(Decorator.class)) {
      String name = policy.getSimpleName().replaceAll("Policy$", "");
      policies.put(
          name.replaceAll("(?<=.)([A-Z])", "_$1").toUpperCase(Locale.ROOT),
          policy.getAnnotation(Priority.class).value());
    }
    assertEquals(order, policies);
  }

  @Test
  void keepsEnforcementBehindTheExtensionsAndClaimsBehindEnforcement() {
    for (Class<?> policy : annotated(Decorator.class)) {
      int priority = policy.getAnnotation(Priority.class).value();
      String band =
          switch (policy.getPackageName().substring(HOUSE.length() + 1)) {
            case "audit" -> "1000";
            case "signin" -> "1100";
            case "session" -> "1100 1300 3500";
            case "lock" -> "1100";
            case "kick" -> "1000 1100";
            case "rewrite" -> "1300";
            case "revision" -> "1000";
            case "rule", "limit", "trial" -> "3000";
            case "lease" -> "3500";
            default -> "none";
          };
      assertTrue(
          band.contains("" + priority / 100 * 100), policy.getSimpleName() + " at " + priority);
    }
  }

  @Test
  void injectsADelegateThatIsFinalIntoTheConstructorOfEveryPolicy() {
    for (Class<?> policy : annotated(Decorator.class)) {
      assertFalse(Modifier.isPublic(policy.getModifiers()), policy.getSimpleName());
      assertEquals(1, policy.getDeclaredConstructors().length, policy.getSimpleName());
      Constructor<?> constructor = policy.getDeclaredConstructors()[0];
      assertEquals(
          1,
          Arrays.stream(constructor.getParameters())
              .filter(parameter -> parameter.isAnnotationPresent(Delegate.class))
              .count(),
          policy.getSimpleName());
      for (Field field : policy.getDeclaredFields()) {
        assertTrue(Modifier.isFinal(field.getModifiers()), field.toString());
        assertEquals(0, field.getAnnotations().length, field.toString());
      }
      // containers ignore them on decorators
      for (Annotation annotation : policy.getAnnotations()) {
        assertFalse(
            annotation.annotationType().isAnnotationPresent(InterceptorBinding.class),
            policy.getSimpleName());
      }
    }
  }

  // ---- beans and resources

  @Test
  void callsAJaxRsResourceAResourceAndNothingElse() {
    assertNone(
        CODE.stream()
            .filter(
                type ->
                    type.isAnnotatedWith(Path.class) != type.getSimpleName().endsWith("Resource"))
            .map(JavaClass::getName),
        "@Path and Resource belong together");
    assertTrue(annotated(Path.class).size() >= 7);
  }

  @Test
  void saysWhoMayCallEveryResource() {
    for (Class<?> resource : annotated(Path.class)) {
      boolean onType =
          resource.isAnnotationPresent(Admits.class)
              || resource.isAnnotationPresent(PermitAll.class)
              || resource.isAnnotationPresent(DenyAll.class);
      assertTrue(onType, resource.getSimpleName());
      boolean everybody =
          resource.isAnnotationPresent(PermitAll.class)
              || Arrays.stream(resource.getDeclaredMethods())
                  .anyMatch(method -> method.isAnnotationPresent(PermitAll.class));
      // frps proves itself by its node's secret
      assertEquals(
          resource.getSimpleName().equals("PluginResource"), everybody, resource.getSimpleName());
      assertTrue(
          Arrays.stream(resource.getDeclaredMethods()).anyMatch(HouseTest::isEndpoint),
          resource.getSimpleName());
    }
  }

  /** Servers that enforce it ask their own security, which does not know whom the door admits. */
  @Test
  void leavesNoRoleToTheServer() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("jakarta.annotation.security.RolesAllowed")
        .check(CODE);
  }

  private static boolean isEndpoint(Method method) {
    return Arrays.stream(method.getAnnotations())
        .anyMatch(a -> a.annotationType().isAnnotationPresent(HttpMethod.class));
  }

  @Test
  void leavesApplicationScopedBeansOpenForTheirProxies() {
    for (Class<?> bean : annotated(ApplicationScoped.class)) {
      assertFalse(Modifier.isFinal(bean.getModifiers()), bean.getName());
      assertTrue(
          Arrays.stream(bean.getDeclaredConstructors())
              .anyMatch(
                  constructor ->
                      constructor.getParameterCount() == 0
                          && !Modifier.isPrivate(constructor.getModifiers())),
          () -> bean + " has no constructor for its proxy");
      for (Method method : bean.getDeclaredMethods()) {
        assertFalse(
            Modifier.isFinal(method.getModifiers()) && !Modifier.isPrivate(method.getModifiers()),
            method.toString());
      }
    }
  }

  @Test
  void keepsTheEntityManagerInRowsAndBelowThem() {
    noClasses()
        .that(
            describe(
                "are neither rows nor of the rooms below them, database and change",
                type ->
                    !type.getSimpleName().endsWith("Rows")
                        && !Set.of("database", "change").contains(room(type))))
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("jakarta.persistence.EntityManager")
        .check(CODE);
  }

  @Test
  void letsNobodyOutsideItsRoomSeeRows() {
    assertNone(
        CODE.stream()
            .filter(type -> type.getSimpleName().endsWith("Rows"))
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .map(JavaClass::getName),
        "rows are package-private");
  }

  @Test
  void makesPublicOnlyWhatIsAPromise() {
    Set<String> usedElsewhere =
        acrossRooms().map(HouseTest::target).map(JavaClass::getName).collect(Collectors.toSet());
    assertNone(
        CODE.stream()
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(type -> !Set.of("operation", "decision", "").contains(room(type)))
            .filter(type -> !usedElsewhere.contains(type.getName()))
            .filter(type -> !isForAServer(type) && !isHidden(type))
            .map(JavaClass::getName),
        "public, but neither used elsewhere nor made by a server");
  }

  /** What JPA, JAX-RS, JSON-B and the servlet container make or read by reflection. */
  private static boolean isForAServer(JavaClass type) {
    String name = type.getSimpleName();
    return type.isAnnotatedWith(Entity.class)
        || type.isAnnotatedWith(Path.class)
        || type.isAnnotatedWith("jakarta.ws.rs.ext.Provider")
        || type.isAnnotatedWith("jakarta.servlet.annotation.WebFilter")
        || type.isAnnotatedWith("jakarta.servlet.annotation.WebServlet")
        || type.isAssignableTo("jakarta.enterprise.inject.spi.Extension")
        || name.endsWith("Representation")
        || name.endsWith("Edit")
        || Set.of(
                // wire records and parameters of the admin API
                "Problem",
                "Rotation",
                "AuditFilter",
                // a column's type
                "GrantKind",
                "LockKind",
                "TokenKind",
                "State",
                "ProofState",
                // constants, which the compiler copies to where they are used
                "Role",
                "StartOrder",
                // of the answers of a directory, all of which are public
                "DirectoryAnswer",
                "Unavailable",
                // what a server reports when it does not start
                "InvalidSettingException")
            .contains(name);
  }

  /** Members of an interface are public by themselves. */
  private static boolean isHidden(JavaClass type) {
    return type.getEnclosingClass()
        .filter(outer -> isHidden(outer) || !outer.getModifiers().contains(JavaModifier.PUBLIC))
        .isPresent();
  }

  // ---- entities

  @Test
  void listsExactlyItsEntitiesInPersistenceXml() {
    Matcher listed =
        Pattern.compile("<class>([^<]+)</class>").matcher(resource("META-INF/persistence.xml"));
    assertEquals(
        annotated(Entity.class).stream().map(Class::getName).sorted().toList(),
        listed.results().map(found -> found.group(1)).sorted().toList());
  }

  @Test
  void mapsEntitiesOnlyToTypesThatEveryDatabaseHas() {
    for (Class<?> entity : annotated(Entity.class)) {
      assertTrue(
          entity.isAnnotationPresent(Table.class)
              && !entity.getAnnotation(Table.class).name().isEmpty(),
          entity.getSimpleName());
      assertTrue(Modifier.isPublic(entity.getModifiers()), entity.getSimpleName());
      assertTrue(
          Arrays.stream(entity.getDeclaredConstructors())
              .anyMatch(
                  constructor ->
                      constructor.getParameterCount() == 0
                          && Modifier.isProtected(constructor.getModifiers())),
          () -> entity + " has no constructor for JPA");
      int ids = 0;
      for (Field field : entity.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers()) || field.isSynthetic()) {
          continue;
        }
        assertPortable(field);
        ids += field.isAnnotationPresent(Id.class) ? 1 : 0;
      }
      assertEquals(1, ids, entity.getSimpleName());
    }
  }

  private static void assertPortable(Field field) {
    Column column = field.getAnnotation(Column.class);
    assertTrue(column != null && column.name().matches("[a-z]+(_[a-z]+)*"), field.toString());
    Class<?> type = field.getType();
    if (type.isEnum()) {
      Enumerated enumerated = field.getAnnotation(Enumerated.class);
      assertTrue(enumerated != null && enumerated.value() == EnumType.STRING, field.toString());
    } else {
      assertTrue(
          Set.of(String.class, int.class, long.class, boolean.class).contains(type),
          field.toString());
    }
    // 255 is also what JPA assumes where nothing is said, so the schema's test has to tell
    assertTrue(type != String.class || isText(column) || column.length() > 0, field.toString());
  }

  @Test
  void mapsEntitiesToTheColumnsOfTheMigrations() {
    Map<String, Map<String, String>> tables = tables(migrations());
    Set<String> mapped = new TreeSet<>();
    for (Class<?> entity : annotated(Entity.class)) {
      String table = entity.getAnnotation(Table.class).name();
      assertTrue(mapped.add(table), table);
      assertTrue(tables.containsKey(table), () -> table + " is not in " + tables.keySet());
      Map<String, String> columns = new TreeMap<>();
      for (Field field : entity.getDeclaredFields()) {
        Column column = field.getAnnotation(Column.class);
        if (column != null) {
          columns.put(column.name(), sqlType(field, column));
        }
      }
      assertEquals(tables.get(table), columns, table);
    }
    assertEquals(tables.keySet(), mapped);
  }

  private static boolean isText(Column column) {
    return column.columnDefinition().equals("text");
  }

  private static String sqlType(Field field, Column column) {
    Class<?> type = field.getType();
    if (isText(column)) {
      return "${text}";
    }
    if (type == String.class || type.isEnum()) {
      return "varchar(" + column.length() + ")";
    }
    return Map.of(
            int.class, "int",
            long.class, "bigint",
            boolean.class, "boolean")
        .getOrDefault(type, "no column's type");
  }

  private static String migrations() {
    try (Stream<java.nio.file.Path> files =
        Files.list(java.nio.file.Path.of("src/main/resources/db/migration"))) {
      return files
          .filter(file -> file.toString().endsWith(".sql"))
          .sorted()
          .map(file -> resource("db/migration/" + file.getFileName()))
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Map<String, String>> tables(String migrations) {
    String sql = migrations.toLowerCase(Locale.ROOT);
    Map<String, Map<String, String>> tables = new TreeMap<>();
    Matcher table =
        Pattern.compile("create table (\\w+) \\((.*?)\\n\\)", Pattern.DOTALL).matcher(sql);
    while (table.find()) {
      Map<String, String> columns = new TreeMap<>();
      Matcher column =
          Pattern.compile("(?m)^\\s+(\\w+)\\s+(varchar\\(\\d+\\)|int|bigint|boolean|\\$\\{\\w+})")
              .matcher(table.group(2));
      while (column.find()) {
        columns.put(column.group(1), column.group(2));
      }
      tables.put(table.group(1), columns);
    }
    Matcher added =
        Pattern.compile("(?m)^alter table (\\w+) add column (\\w+)\\s+([^\\s;]+)")
            .matcher(sql.toLowerCase(Locale.ROOT));
    while (added.find()) {
      tables.getOrDefault(added.group(1), Map.of()).put(added.group(2), added.group(3));
    }
    return tables;
  }

  private static String resource(String name) {
    try (InputStream in = RestApplication.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // ---- names and libraries

  @Test
  void hasNoClassesOrPackagesNamedAfterNothing() {
    Pattern nothing =
        Pattern.compile("(?i).*(utils?|impl|manager|dto|service|helper|common|misc)$");
    assertNone(
        CODE.stream()
            .map(type -> type.getName())
            .filter(
                name ->
                    Arrays.stream(name.split("[.$]", -1))
                        .anyMatch(word -> nothing.matcher(word).matches())),
        "say what it is");
  }

  @Test
  void makesWireRecordsOfRecords() {
    classes()
        .that()
        .haveSimpleNameEndingWith("Representation")
        .or(describe("are wishes", type -> isWish(type)))
        .should()
        .beRecords()
        .check(CODE);
  }

  // the one edit that is no wish of an administrator: a changed copy in the making
  private static boolean isWish(JavaClass type) {
    return type.getSimpleName().endsWith("Edit") && !inRoom(type).equals("operation.NewProxyEdit");
  }

  @Test
  void usesNoEnterpriseBeansAndLogsThroughTheSystem() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "jakarta.ejb..",
                "java.util.logging..",
                "org.slf4j..",
                "org.apache.commons.logging..",
                "javax.annotation..",
                "sun..",
                "com.sun.."))
        .check(CODE);
  }

  @Test
  void usesNoClassesOfOneServer() {
    classes()
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                HOUSE + "..",
                "java..",
                "javax.sql..",
                "javax.crypto..",
                "javax.naming..",
                "javax.net.ssl..",
                "jakarta..",
                "org.jspecify..",
                "com.github.benmanes.caffeine..",
                "com.maxmind.db..",
                "com.nimbusds..",
                "com.github.difflib..",
                "dev.cel..",
                "org.xbill.DNS..",
                // what CEL's errors come in
                "com.google.common.collect..",
                "org.snakeyaml..",
                "org.flywaydb.."))
        .check(CODE);
    noClasses()
        .that(not(resideInAPackage(HOUSE + ".database")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.flywaydb..")
        .check(CODE);
    // lookups are dangerous enough to stay in one place
    noClasses()
        .that(not(resideInAPackage(HOUSE + ".directory")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javax.naming..", "javax.net.ssl..")
        .check(CODE);
    noClasses()
        .that(not(resideInAPackage(HOUSE + ".jwt")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.nimbusds..")
        .check(CODE);
    noClasses()
        .that(not(resideInAPackage(HOUSE + ".proof")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.xbill.DNS..")
        .check(CODE);
    noClasses()
        .that(not(resideInAPackage(HOUSE + ".condition")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.cel..", "com.google..")
        .check(CODE);
    noClasses()
        .that(not(resideInAPackage(HOUSE + ".policy")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.snakeyaml..")
        .check(CODE);
  }

  @Test
  void printsNothing() {
    noClasses()
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .check(CODE);
  }
}
