-- the policy document as it was saved, time after time; never changed, never deleted
create table policy_revision (
  id              varchar(36)  not null primary key,
  revision_number bigint       not null,
  base            bigint       not null,
  author          varchar(255) not null,
  remark          varchar(400) not null,
  document        ${text}      not null,
  created_at      varchar(27)  not null,
  constraint policy_revision_number unique (revision_number)
)${options};

-- the one row that says which revision counts; 0 for none
create table policy_choice (
  id      varchar(36) not null primary key,
  active  bigint      not null,
  shadow  bigint      not null,
  version bigint      not null
)${options};
insert into policy_choice (id, active, shadow, version) values ('global', 0, 0, 0);

alter table account add column labels ${text};
