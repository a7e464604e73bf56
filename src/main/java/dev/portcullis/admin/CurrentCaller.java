package dev.portcullis.admin;

import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

/**
 * Who has sent the request that is being answered. Resources ask here, and not JAX-RS: the security
 * context that TomEE injects into them knows only whom the server itself has let in.
 */
@RequestScoped
public class CurrentCaller {
  private @Nullable Caller caller;

  /** Remembers whom the door has admitted. */
  public void set(Caller admitted) {
    caller = admitted;
  }

  /** Who it is; a resource method with a role is reached by nobody else. */
  public Caller get() {
    if (caller == null) {
      throw new IllegalStateException("The door has admitted nobody");
    }
    return caller;
  }

  /** Their name, for the audit log. */
  public String name() {
    return get().name();
  }
}
