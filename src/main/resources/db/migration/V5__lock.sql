-- "lock" is a word of SQL
create table access_lock (
  id         varchar(36)  not null primary key,
  kind       varchar(16)  not null,
  target     varchar(255) not null,
  node_name  varchar(64)  not null,
  message    varchar(400) not null,
  author     varchar(255) not null,
  created_at varchar(27)  not null,
  expires_at varchar(27)
)${options};

-- ends one login of a session, or a proxy that it has opened; gone with the session
create table session_kick (
  id         varchar(36)  not null primary key,
  run_id     varchar(64)  not null,
  generation bigint       not null,
  proxy_name varchar(255) not null,
  message    varchar(400) not null,
  author     varchar(255) not null,
  created_at varchar(27)  not null,
  constraint session_kick_once unique (run_id, generation, proxy_name)
)${options};

-- when frps last asked, and when that was last refused to a client that was put out
alter table client_session add column ping_at varchar(27);
alter table client_session add column work_conn_at varchar(27);
alter table client_session add column user_conn_at varchar(27);
alter table client_session add column ping_refused_at varchar(27);
alter table client_session add column work_conn_refused_at varchar(27);
alter table client_session add column user_conn_refused_at varchar(27);
alter table client_session add column login_refused_at varchar(27);
create index client_session_account_name on client_session (account_name, run_id);
