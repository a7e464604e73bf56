package dev.portcullis.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The audit log in memory. */
final class HandMadeRows extends AuditRows {
  final List<List<AuditRepresentation>> commits = new CopyOnWriteArrayList<>();
  final List<AuditRepresentation> withCaller = new CopyOnWriteArrayList<>();
  volatile @Nullable RuntimeException failure;
  volatile Runnable duringCommit = () -> {};

  @Override
  void insert(List<AuditEvent> events) {
    duringCommit.run();
    if (failure != null) {
      throw failure;
    }
    commits.add(events.stream().map(AuditEvent::representation).toList());
  }

  @Override
  void insertWithCaller(AuditEvent event) {
    withCaller.add(event.representation());
  }

  /** All that was committed, in order. */
  List<AuditRepresentation> events() {
    List<AuditRepresentation> events = new ArrayList<>();
    commits.forEach(events::addAll);
    return events;
  }

  /** The one event that was committed. */
  AuditRepresentation only() {
    if (events().size() != 1) {
      throw new AssertionError("events: " + events());
    }
    return events().get(0);
  }
}
