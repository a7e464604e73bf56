-- what a decision was made of and by which revision of the policy; of events from before nothing
alter table audit_event add column decision_id varchar(9) default '' not null;
alter table audit_event add column policy_revision bigint default 0 not null;
alter table audit_event add column facts ${text};
create index audit_event_decision on audit_event (decision_id);
create index audit_event_kind on audit_event (kind, id);

-- a draft that is asked about recorded decisions again; the replica that does it saves how far it is
create table policy_replay (
  id            varchar(36)   not null primary key,
  revision      bigint        not null,
  document      ${text},
  period_from   varchar(27)   not null,
  period_until  varchar(27)   not null,
  account_name  varchar(64)   not null,
  node_name     varchar(64)   not null,
  operation     varchar(64)   not null,
  author        varchar(255)  not null,
  created_at    varchar(27)   not null,
  state         varchar(16)   not null,
  attempt       bigint        not null,
  started_at    varchar(27)   not null,
  saved_at      varchar(27)   not null,
  rows_done     bigint        not null,
  rows_expected bigint        not null,
  results       ${text},
  failure       varchar(1000) not null
)${options};
