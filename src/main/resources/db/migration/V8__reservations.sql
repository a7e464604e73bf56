-- a released claim of a port is a hold: the port is kept for its holder for a while
alter table lease_claim add column account_id varchar(36);
alter table lease_claim add column released_at varchar(27);
create index lease_seen on lease (node_id, held, renewed_at);

-- a grant that is exclusive has one row here for each of its ports: who has a port alone is unique
alter table account_grant add column is_exclusive boolean default false not null;
create table exclusive_port (
  id           varchar(36) not null primary key,
  grant_id     varchar(36) not null,
  account_id   varchar(36) not null,
  account_name varchar(64) not null,
  transport    varchar(8)  not null,
  port         integer     not null,
  constraint exclusive_port_once unique (transport, port)
)${options};
create index exclusive_port_grant on exclusive_port (grant_id);

-- a domain that an account says is its own; proved_domain is set while that is proved
create table domain_claim (
  id            varchar(36)  not null primary key,
  account_id    varchar(36)  not null,
  account_name  varchar(64)  not null,
  domain        varchar(253) not null,
  state         varchar(16)  not null,
  proved_domain varchar(253),
  note          varchar(400) not null,
  created_at    varchar(27)  not null,
  proved_at     varchar(27),
  missing_since varchar(27),
  checked_at    varchar(27),
  next_check_at varchar(27)  not null,
  version       bigint       not null,
  constraint domain_claim_once unique (account_id, domain),
  constraint domain_claim_proved unique (proved_domain)
)${options};
create index domain_claim_due on domain_claim (next_check_at);
