package dev.portcullis;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** All of Portcullis's JAX-RS; the one application of the WAR. */
@ApplicationPath("/api")
public class RestApplication extends Application {}
