package dev.portcullis.database;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;

/**
 * Reads every table once at start. The first use of each costs a JPA provider hundreds of
 * milliseconds; without this the first logins after a start would overrun the answer budget.
 */
@ApplicationScoped
class WarmUp {
  @PersistenceContext(unitName = "portcullis")
  private EntityManager entities;

  @Transactional
  void read(
      @Observes @Priority(StartOrder.LOAD) @Initialized(ApplicationScoped.class) Object started) {
    entities
        .getMetamodel()
        .getEntities()
        .forEach(
            entity ->
                entities
                    .createQuery("select e from " + entity.getName() + " e")
                    .setMaxResults(1)
                    .getResultList());
  }
}
