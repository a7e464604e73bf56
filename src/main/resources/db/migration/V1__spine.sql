create table revision (
  id       varchar(36) not null primary key,
  revision bigint      not null
)${options};
insert into revision (id, revision) values ('global', 0);

create table change_log (
  id       varchar(255) not null primary key,
  revision bigint       not null
)${options};
create index change_log_revision on change_log (revision);

create table node (
  id                  varchar(36)  not null primary key,
  name                varchar(64)  not null,
  description         varchar(400) not null,
  enabled             boolean      not null,
  meta_authentication boolean      not null,
  created_at          varchar(27)  not null,
  version             bigint       not null,
  constraint node_name unique (name)
)${options};

create table node_secret (
  id         varchar(36)  not null primary key,
  node_id    varchar(36)  not null,
  hash       varchar(64)  not null,
  created_at varchar(27)  not null,
  expires_at varchar(27),
  constraint node_secret_hash unique (hash),
  constraint node_secret_node foreign key (node_id) references node (id)
)${options};

create table account (
  id          varchar(36)  not null primary key,
  name        varchar(64)  not null,
  description varchar(400) not null,
  enabled     boolean      not null,
  expires_at  varchar(27),
  created_at  varchar(27)  not null,
  version     bigint       not null,
  constraint account_name unique (name)
)${options};

create table credential (
  id         varchar(36)  not null primary key,
  account_id varchar(36)  not null,
  label      varchar(64)  not null,
  hash       varchar(64)  not null,
  created_at varchar(27)  not null,
  expires_at varchar(27),
  constraint credential_account foreign key (account_id) references account (id)
)${options};
create index credential_of_account on credential (account_id);

-- what an account owns; "grant" is a word of SQL
create table account_grant (
  id          varchar(36)  not null primary key,
  account_id  varchar(36)  not null,
  kind        varchar(16)  not null,
  grant_value varchar(255) not null,
  created_at  varchar(27)  not null,
  constraint account_grant_once unique (account_id, kind, grant_value),
  constraint account_grant_account foreign key (account_id) references account (id)
)${options};

-- id is that of the account or node that it is for
create table imposition (
  id               varchar(36) not null primary key,
  bandwidth_limit  varchar(32) not null,
  headers          ${text}     not null,
  response_headers ${text}     not null,
  metas            ${text}     not null,
  version          bigint      not null
)${options};

-- no foreign keys from here on: what happened stays when an account or node is deleted
create table client_session (
  run_id         varchar(64)  not null primary key,
  node_id        varchar(36)  not null,
  node_name      varchar(64)  not null,
  account_id     varchar(36)  not null,
  account_name   varchar(64)  not null,
  generation     bigint       not null,
  client_version varchar(32)  not null,
  os             varchar(32)  not null,
  arch           varchar(32)  not null,
  hostname       varchar(255) not null,
  client_address varchar(255) not null,
  created_at     varchar(27)  not null,
  login_at       varchar(27)  not null,
  seen_at        varchar(27)  not null,
  version        bigint       not null
)${options};
create index client_session_account on client_session (account_id);
create index client_session_seen on client_session (seen_at);

-- one row per proxy name that was ever open: a released one remembers the port
create table lease (
  id           varchar(36)  not null primary key,
  node_id      varchar(36)  not null,
  node_name    varchar(64)  not null,
  proxy_name   varchar(255) not null,
  proxy_type   varchar(16)  not null,
  account_id   varchar(36)  not null,
  account_name varchar(64)  not null,
  run_id       varchar(64)  not null,
  generation   bigint       not null,
  openings     integer      not null,
  held         boolean      not null,
  holder       varchar(400) not null,
  remote_port  integer      not null,
  claimed_at   varchar(27)  not null,
  renewed_at   varchar(27)  not null,
  released_at  varchar(27),
  version      bigint       not null,
  constraint lease_name unique (node_id, proxy_name)
)${options};
create index lease_account on lease (account_id);
create index lease_run on lease (run_id);
create index lease_holder on lease (holder);

-- what a holder, a lease or a group of them, occupies on its node: a port, a host with its route
create table lease_claim (
  id       varchar(36)  not null primary key,
  node_id  varchar(36)  not null,
  resource varchar(400) not null,
  holder   varchar(400) not null,
  constraint lease_claim_once unique (node_id, resource)
)${options};
create index lease_claim_holder on lease_claim (holder);

create table audit_event (
  id             varchar(36)  not null primary key,
  happened_at    varchar(27)  not null,
  kind           varchar(16)  not null,
  outcome        varchar(16)  not null,
  code           varchar(64)  not null,
  reason         varchar(1000) not null,
  actor          varchar(64)  not null,
  operation      varchar(64)  not null,
  target         varchar(255) not null,
  detail         varchar(1000) not null,
  node_name      varchar(64)  not null,
  account_name   varchar(64)  not null,
  claimed_user   varchar(64)  not null,
  run_id         varchar(64)  not null,
  proxy_type     varchar(16)  not null,
  client_address varchar(255) not null,
  correlation_id varchar(64)  not null
)${options};
create index audit_event_account on audit_event (account_name, id);
create index audit_event_run on audit_event (run_id, id);
create index audit_event_correlation on audit_event (correlation_id);
