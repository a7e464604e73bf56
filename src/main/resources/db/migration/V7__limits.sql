-- since a proxy of the session was closed, it counts only by those that it holds
alter table client_session add column closed_at varchar(27);

-- whoever counts what an account holds has locked its row here
create table usage_lock (
  account_id varchar(36) not null primary key,
  counted    bigint      not null
)${options};

-- a visitor who may not come to the proxies of an account; kept after its end, to be longer next time
create table visitor_ban (
  id           varchar(36)  not null primary key,
  account_id   varchar(36)  not null,
  account_name varchar(64)  not null,
  visitor      varchar(64)  not null,
  limit_name   varchar(255) not null,
  times        integer      not null,
  begins_at    varchar(27)  not null,
  ends_at      varchar(27)  not null,
  kept_until   varchar(27)  not null,
  version      bigint       not null,
  constraint visitor_ban_once unique (account_id, visitor)
)${options};
create index visitor_ban_kept on visitor_ban (kept_until);
