package dev.portcullis.change;

import dev.portcullis.database.Periodically;
import dev.portcullis.database.StartOrder;
import dev.portcullis.settings.Settings;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Tells this replica's caches what other replicas have changed. */
@ApplicationScoped
class ChangePoller {
  private ChangeStore changes;
  private Event<Changed> events;
  private Settings settings;
  private Periodically periodically;
  private volatile long seen;

  /** For the container's proxy only. */
  protected ChangePoller() {}

  @Inject
  ChangePoller(
      ChangeStore changes, Event<Changed> events, Settings settings, Periodically periodically) {
    this.changes = changes;
    this.events = events;
    this.settings = settings;
    this.periodically = periodically;
  }

  // before the caches are filled, so that no change falls between
  void readRevision(
      @Observes @Priority(StartOrder.REVISION) @Initialized(ApplicationScoped.class)
          Object started) {
    seen = changes.current();
  }

  void start(
      @Observes @Priority(StartOrder.BACKGROUND) @Initialized(ApplicationScoped.class)
          Object started) {
    periodically.run("looking for changes by other replicas", settings.changePoll(), this::poll);
  }

  private void poll() {
    for (Change change : changes.since(seen)) {
      events.fire(change.changed());
      seen = change.revision();
    }
  }
}
