package dev.portcullis.audit;

import java.time.OffsetDateTime;

/**
 * An event of the audit log as the admin API shows it; what is not known is empty text.
 *
 * @param id rises with time; the cursor of the next page
 * @param at when it happened, UTC
 * @param operation frp's operation, or what the administrator did
 * @param target proxy name, account or node
 * @param account the account that the client was found to be
 * @param decisionId that the reason ends with which frps got
 * @param policyRevision the revision of the policy document that judged; 0 for none
 * @param user what the client claimed to be
 */
public record AuditRepresentation(
    String id,
    OffsetDateTime at,
    AuditEvent.Kind kind,
    AuditEvent.Outcome outcome,
    String code,
    String reason,
    String actor,
    String operation,
    String target,
    String detail,
    String node,
    String account,
    String user,
    String runId,
    String proxyType,
    String clientAddress,
    String correlationId,
    String decisionId,
    long policyRevision) {}
