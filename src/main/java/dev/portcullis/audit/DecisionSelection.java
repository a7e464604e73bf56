package dev.portcullis.audit;

import dev.portcullis.database.RowId;
import jakarta.persistence.TypedQuery;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Which decisions of the log are meant.
 *
 * @param from the first moment
 * @param until the first moment after it
 * @param account empty for any
 * @param node empty for any
 * @param operation empty for any
 */
public record DecisionSelection(
    OffsetDateTime from, OffsetDateTime until, String account, String node, String operation) {

  /** What the ids of all that are meant are above. */
  String first() {
    return RowId.floor(from);
  }

  /** Makes a query for them by what stands behind {@code from}. */
  <T> TypedQuery<T> restrict(Function<String, TypedQuery<T>> query, String after) {
    // ids rise with time, and are what pages are read by: no second index is needed
    StringBuilder where =
        new StringBuilder(" e where e.kind = :kind and e.id > :after and e.id < :end");
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("kind", AuditEvent.Kind.DECISION);
    values.put("after", after);
    values.put("end", RowId.floor(until));
    Map.of("accountName", account, "nodeName", node, "operation", operation)
        .forEach(
            (attribute, value) -> {
              if (!value.isEmpty()) {
                where.append(" and e.%s = :%s".formatted(attribute, attribute));
                values.put(attribute, value);
              }
            });
    TypedQuery<T> made = query.apply(where.toString());
    values.forEach(made::setParameter);
    return made;
  }
}
