-- what people who administer and their machines come in with: browser sessions and API tokens
create table access_token (
  id           varchar(36)  not null primary key,
  kind         varchar(16)  not null,
  name         varchar(255) not null,
  roles        varchar(255) not null,
  hash         varchar(64)  not null,
  created_by   varchar(255) not null,
  created_at   varchar(27)  not null,
  expires_at   varchar(27),
  last_used_at varchar(27),
  constraint access_token_hash unique (hash)
)${options};
create index access_token_end on access_token (kind, expires_at);
