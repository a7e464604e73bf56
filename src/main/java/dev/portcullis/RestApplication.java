package dev.portcullis;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** All of Portcullis's JAX-RS; the one application of the WAR. */
@ApplicationPath("/api")
public class RestApplication extends Application {

  /** Keeps Jersey from putting a server's error page where an answer has no body on purpose. */
  @Override
  public Map<String, Object> getProperties() {
    return Map.of("jersey.config.server.response.setStatusOverSendError", true);
  }
}
