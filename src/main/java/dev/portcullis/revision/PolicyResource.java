package dev.portcullis.revision;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.portcullis.admin.Admits;
import dev.portcullis.admin.CurrentCaller;
import dev.portcullis.admin.Page;
import dev.portcullis.admin.Paging;
import dev.portcullis.admin.ProblemException;
import dev.portcullis.admin.Role;
import dev.portcullis.policy.Denials;
import dev.portcullis.policy.Finding;
import dev.portcullis.policy.PolicyCompiler;
import dev.portcullis.reservation.GrantStore;
import dev.portcullis.reservation.OwnedGrant;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Administers the policy: its revisions, which of them counts, and what it says. */
@Path("v1/policy")
@RequestScoped
@Admits(Role.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PolicyResource {
  private static final int CONTEXT_LINES = 3;
  private static final int MOST_ACCOUNTS = 100;
  private static final int MOST_GRANTS = 2_000;

  @Inject private RevisionRows rows;
  @Inject private PolicyStore policies;
  @Inject private CurrentCaller caller;
  @Inject private GrantStore grants;

  /** Which revisions count. */
  @GET
  @Admits({Role.ADMIN, Role.OPERATOR, Role.AUDITOR})
  public ChoiceRepresentation choice() {
    return rows.choice();
  }

  /** The JSON Schema of documents. */
  @GET
  @Path("schema")
  @Produces("application/schema+json")
  @Admits({Role.ADMIN, Role.OPERATOR, Role.AUDITOR})
  public InputStream schema() {
    return Objects.requireNonNull(
        PolicyResource.class.getResourceAsStream("/policy.schema.json"),
        "policy.schema.json is not in the WAR");
  }

  /** All revisions, the newest first, without their texts. */
  @GET
  @Path("revisions")
  @Admits({Role.ADMIN, Role.OPERATOR, Role.AUDITOR})
  public Page<RevisionRepresentation> list(@BeanParam Paging paging) {
    long before = paging.after().isEmpty() ? Long.MAX_VALUE : number(paging.after());
    return paging.page(
        limit ->
            rows.page(before, limit).stream()
                .map(revision -> revision.representation(false))
                .toList(),
        revision -> Long.toString(revision.number()));
  }

  /** One revision with its text. */
  @GET
  @Path("revisions/{number}")
  @Admits({Role.ADMIN, Role.OPERATOR, Role.AUDITOR})
  public RevisionRepresentation get(@PathParam("number") String number) {
    return revision(number(number)).representation(true);
  }

  /**
   * What a revision has changed, as a unified diff; against its predecessor where none is named.
   */
  @GET
  @Path("revisions/{number}/diff")
  @Produces(MediaType.TEXT_PLAIN)
  @Admits({Role.ADMIN, Role.OPERATOR, Role.AUDITOR})
  public String diff(
      @PathParam("number") String number, @QueryParam("from") @DefaultValue("") String from) {
    long to = number(number);
    long base = from.isEmpty() ? to - 1 : number(from);
    List<String> before = base == 0 ? List.of() : revision(base).document().lines().toList();
    List<String> after = revision(to).document().lines().toList();
    return UnifiedDiffUtils.generateUnifiedDiff(
            "revision " + base,
            "revision " + to,
            before,
            DiffUtils.diff(before, after),
            CONTEXT_LINES)
        .stream()
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  /** Saves a document as a new revision, unless it has errors or its own tests fail. */
  @POST
  @Path("revisions")
  public Response save(@Nullable RevisionEdit edit) {
    RevisionEdit wish = edit == null ? new RevisionEdit(null, null, null) : edit;
    List<Finding> findings = withHiddenGrants(checked(wish.requiredDocument()));
    PolicyRevision saved = rows.add(wish, caller.name());
    return Response.status(Response.Status.CREATED)
        .entity(represented(saved.number(), findings))
        .build();
  }

  /** Looks at a document without saving it. */
  @POST
  @Path("check")
  public SavedRepresentation check(@Nullable RevisionEdit edit) {
    if (edit == null || edit.document() == null) {
      throw ProblemException.badRequest("Give the document: {\"document\":\"rules: []\"}");
    }
    return represented(0, withHiddenGrants(compile(edit.document())));
  }

  /** The findings, and what a look at some of the grants adds: at all it would take too long. */
  private List<Finding> withHiddenGrants(PolicyCompiler.Result result) {
    List<Finding> findings = new ArrayList<>(result.findings());
    result
        .policy()
        .ifPresent(
            policy -> {
              Set<String> named =
                  new Denials(policy)
                      .accounts().stream()
                          .sorted()
                          .limit(MOST_ACCOUNTS)
                          .collect(Collectors.toSet());
              Set<OwnedGrant> looked = new LinkedHashSet<>(grants.some(Set.of(), MOST_GRANTS));
              if (!named.isEmpty()) {
                looked.addAll(grants.some(named, MOST_GRANTS));
              }
              findings.addAll(HiddenGrants.among(List.copyOf(looked), policy));
            });
    return findings;
  }

  /** Makes a revision decide, in place of the one that its author has seen; an older one too. */
  @PUT
  @Path("active")
  public ChoiceRepresentation activate(@Nullable ChoiceEdit edit) {
    ChoiceEdit wish = usable(edit);
    return rows.activate(wish, caller.name());
  }

  /** Tries a revision beside the active one: what would differ is recorded, nothing refused. */
  @PUT
  @Path("shadow")
  public ChoiceRepresentation tryInShadow(@Nullable ChoiceEdit edit) {
    ChoiceEdit wish = usable(edit);
    return rows.tryInShadow(wish, caller.name());
  }

  private ChoiceEdit usable(@Nullable ChoiceEdit edit) {
    ChoiceEdit wish = edit == null ? new ChoiceEdit(null, null) : edit;
    if (wish.requiredRevision() != 0) {
      checked(revision(wish.requiredRevision()).document());
    }
    return wish;
  }

  private PolicyCompiler.Result compile(String document) {
    PolicyCompiler.Result result =
        PolicyCompiler.compile(document, OffsetDateTime.now(ZoneOffset.UTC));
    List<Finding> findings = new ArrayList<>(result.findings());
    result.policy().ifPresent(policy -> findings.addAll(policies.undecidable(policy)));
    return new PolicyCompiler.Result(result.policy(), findings);
  }

  private PolicyCompiler.Result checked(String document) {
    PolicyCompiler.Result result = compile(document);
    PolicyStore.refuseUnusable(result);
    return result;
  }

  private static SavedRepresentation represented(long number, List<Finding> findings) {
    return new SavedRepresentation(
        number, findings.stream().map(FindingRepresentation::of).toList());
  }

  private PolicyRevision revision(long number) {
    return rows.find(number)
        .orElseThrow(() -> ProblemException.notFound("There is no policy revision " + number));
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw ProblemException.notFound("There is no policy revision '" + text + "'");
    }
  }
}
