create table account_group (
  id          varchar(36)  not null primary key,
  name        varchar(200) not null,
  description varchar(400) not null,
  sign_in     varchar(64),
  created_at  varchar(27)  not null,
  version     bigint       not null,
  constraint account_group_name unique (name)
)${options};

-- one name a line: those of administrators, and those that the directory said at the last sign-in
alter table account add column group_names ${text};
alter table account add column directory_groups ${text};
alter table account add column sign_in varchar(64);
