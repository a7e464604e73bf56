-- a released claim of a port is a hold: the port is kept for its holder for a while
alter table lease_claim add column account_id varchar(36);
alter table lease_claim add column released_at varchar(27);
create index lease_seen on lease (node_id, held, renewed_at);
