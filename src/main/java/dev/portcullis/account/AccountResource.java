package dev.portcullis.account;

import dev.portcullis.admin.Admits;
import dev.portcullis.admin.CurrentCaller;
import dev.portcullis.admin.Page;
import dev.portcullis.admin.Paging;
import dev.portcullis.admin.ProblemException;
import dev.portcullis.admin.Role;
import dev.portcullis.audit.AuditEvent;
import dev.portcullis.audit.AuditStore;
import dev.portcullis.database.LostRace;
import dev.portcullis.reservation.GrantEdit;
import dev.portcullis.reservation.GrantRepresentation;
import dev.portcullis.reservation.GrantStore;
import dev.portcullis.rewrite.ImpositionRepresentation;
import dev.portcullis.rewrite.ImpositionStore;
import dev.portcullis.rewrite.ProxyEdit;
import dev.portcullis.rewrite.ProxySecretsRepresentation;
import dev.portcullis.rewrite.RewriteStore;
import dev.portcullis.secret.Secrets;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Administers accounts with their credentials, grants and imposition. */
@Path("v1/accounts")
@RequestScoped
@Admits(Role.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AccountResource {
  @Inject private AccountRows rows;
  @Inject private GrantStore grants;
  @Inject private ImpositionStore impositions;
  @Inject private RewriteStore rewrites;
  @Inject private AuditStore audit;
  @Inject private Secrets secrets;
  @Inject private CurrentCaller caller;

  private record NewCredential(Credential row, String token) {
    CredentialRepresentation representation() {
      return row.representation().withToken(token);
    }
  }

  /** All accounts, by name. */
  @GET
  @Admits({Role.ADMIN, Role.OPERATOR, Role.AUDITOR})
  public Page<AccountRepresentation> list(@BeanParam Paging paging) {
    return paging.page(
        limit -> rows.page(paging.after(), limit).stream().map(Account::representation).toList(),
        AccountRepresentation::name);
  }

  /** Makes an account, at once with grants and credentials where they are given. */
  @POST
  public Response create(@Nullable AccountEdit edit) {
    if (edit == null) {
      throw ProblemException.badRequest("Give at least a name: {\"name\":\"alice\"}");
    }
    Account account = new Account(edit.newName());
    edit.applyTo(account);
    if (rows.find(account.name()).isPresent()) {
      throw ProblemException.conflict("There is an account '" + account.name() + "' already");
    }
    List<NewCredential> credentials = new ArrayList<>();
    for (CredentialEdit wish : edit.newCredentials()) {
      credentials.add(credential(account, wish));
    }
    rows.add(
        account, credentials.stream().map(NewCredential::row).toList(), edit.newGrants(), actor());
    return created(
        account
            .representation()
            .with(
                grants.list(account.id()),
                credentials.stream().map(NewCredential::representation).toList()));
  }

  /** One account with its grants and credentials. */
  @GET
  @Admits({Role.ADMIN, Role.OPERATOR, Role.AUDITOR})
  @Path("{name}")
  public AccountRepresentation get(@PathParam("name") String name) {
    Account account = account(name);
    return account
        .representation()
        .with(
            grants.list(account.id()),
            rows.credentialsOf(account).stream().map(Credential::representation).toList());
  }

  /** Changes an account; absent members stay. A link leads to what that leaves of its sessions. */
  @PATCH
  @Path("{name}")
  public Response update(@PathParam("name") String name, @Nullable AccountEdit edit) {
    if (edit == null) {
      throw ProblemException.badRequest("Give the members to change: {\"enabled\":false}");
    }
    edit.refuseFixedMembers();
    return Response.ok(
            rows.edit(name, edit, actor()).orElseThrow(() -> missing(name)).representation())
        .header("Link", ladder(name))
        .build();
  }

  /** Deletes an account with all it owns; its sessions are refused from then on. */
  @DELETE
  @Path("{name}")
  public Response delete(@PathParam("name") String name) {
    if (!LostRace.retried(() -> rows.remove(name, actor()))) {
      throw missing(name);
    }
    return Response.noContent().header("Link", ladder(name)).build();
  }

  /** Where it is told what can put the account's sessions out, and what remains of them. */
  private static String ladder(String name) {
    return "<%s/ladder>; rel=\"ladder\""
        .formatted(UriBuilder.fromPath("{name}").build(name).toASCIIString());
  }

  /** The account's credentials, without their tokens. */
  @GET
  @Admits({Role.ADMIN, Role.OPERATOR, Role.AUDITOR})
  @Path("{name}/credentials")
  public List<CredentialRepresentation> credentials(@PathParam("name") String name) {
    return rows.credentialsOf(account(name)).stream().map(Credential::representation).toList();
  }

  /** Makes a credential; its token is shown here and never again. */
  @POST
  @Path("{name}/credentials")
  public Response addCredential(@PathParam("name") String name, @Nullable CredentialEdit wish) {
    Account account = account(name);
    NewCredential made =
        credential(
            account,
            Objects.requireNonNullElseGet(wish, () -> new CredentialEdit(null, null, null)));
    rows.addCredential(account, made.row(), actor());
    return created(made.representation());
  }

  /** Revokes a credential; sessions that it opened are refused from then on. */
  @DELETE
  @Path("{name}/credentials/{id}")
  public void removeCredential(@PathParam("name") String name, @PathParam("id") String id) {
    if (!rows.removeCredential(account(name), id, actor())) {
      throw ProblemException.notFound("Account '" + name + "' has no credential '" + id + "'");
    }
  }

  /** What the account owns. */
  @GET
  @Admits({Role.ADMIN, Role.OPERATOR, Role.AUDITOR})
  @Path("{name}/grants")
  public List<GrantRepresentation> grants(@PathParam("name") String name) {
    return grants.list(account(name).id());
  }

  /** Gives the account a port, a range, a domain, ... */
  @POST
  @Path("{name}/grants")
  public Response addGrant(@PathParam("name") String name, @Nullable GrantEdit wish) {
    Account account = account(name);
    if (wish == null) {
      throw ProblemException.badRequest(GrantEdit.EXAMPLE);
    }
    return created(grants.add(account.id(), name, wish, actor()));
  }

  /** Takes a grant away; a proxy that is open under it stays so until it is closed. */
  @DELETE
  @Path("{name}/grants/{id}")
  public void removeGrant(@PathParam("name") String name, @PathParam("id") String id) {
    if (!grants.remove(account(name).id(), name, id, actor())) {
      throw ProblemException.notFound("Account '" + name + "' has no grant '" + id + "'");
    }
  }

  /** What is imposed on the account's proxies. */
  @GET
  @Admits({Role.ADMIN, Role.OPERATOR, Role.AUDITOR})
  @Path("{name}/imposition")
  public ImpositionRepresentation imposition(@PathParam("name") String name) {
    return impositions.get(account(name).id());
  }

  /** Sets what is imposed on the account's proxies, before what its node imposes. */
  @PUT
  @Path("{name}/imposition")
  public ImpositionRepresentation impose(
      @PathParam("name") String name, @Nullable ImpositionRepresentation imposition) {
    Account account = account(name);
    return impositions.put(account.id(), "account " + name, imposition, actor());
  }

  /**
   * The password of HTTP basic authentication, the secret key and the group key that the policy
   * sets for a proxy of the account, as its client asks for it.
   */
  @GET
  @Path("{name}/proxy-secrets")
  public ProxySecretsRepresentation proxySecrets(
      @PathParam("name") String name,
      @QueryParam("proxy") @DefaultValue("") String proxy,
      @QueryParam("type") @DefaultValue("http") String type,
      @QueryParam("node") @DefaultValue("") String node,
      @QueryParam("group") @DefaultValue("") String group,
      @QueryParam("subdomain") @DefaultValue("") String subdomain,
      @QueryParam("domain") List<String> domains) {
    KnownAccount account = KnownAccount.of(account(name), List.of());
    ProxySecretsRepresentation known =
        rewrites.secrets(
            account.id(),
            account.name(),
            account.allGroups(),
            account.labels(),
            new ProxyEdit(node, proxy, type, group, subdomain, domains));
    audit.record(
        new AuditEvent(
                AuditEvent.Kind.ADMIN, AuditEvent.Outcome.ALLOWED, "account.show-proxy-secrets")
            .by(actor())
            .to(name)
            .saying("proxy " + proxy));
    return known;
  }

  private NewCredential credential(Account account, CredentialEdit wish) {
    String token = wish.tokenOr(secrets.newToken());
    return new NewCredential(
        new Credential(
            account.id(),
            wish.labelOrDefault(),
            secrets.hash(Secrets.Purpose.CREDENTIAL, token),
            AccountEdit.moment(wish.expiresAt())),
        token);
  }

  private Account account(String name) {
    return rows.find(name).orElseThrow(() -> missing(name));
  }

  private static ProblemException missing(String name) {
    return ProblemException.notFound("There is no account '" + name + "'");
  }

  private static Response created(Object entity) {
    return Response.status(Response.Status.CREATED).entity(entity).build();
  }

  private String actor() {
    return caller.name();
  }
}
