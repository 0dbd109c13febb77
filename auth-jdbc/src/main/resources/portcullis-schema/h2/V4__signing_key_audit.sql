-- The last use of signing keys, and what was done to them, for H2. Plain SQL: any tool can run it, once. H2 keeps each
-- statement by itself, so that a script which was stopped half-way can be run again, and what it has done is written down
-- last.

alter table portcullis_signing_key add column if not exists last_used_at timestamp(3) with time zone;

-- Rows are only ever added.
create table if not exists portcullis_signing_key_audit (
    number bigint generated always as identity,
    at timestamp(3) with time zone not null,
    action varchar not null,
    key_id uuid not null,
    fingerprint binary(32) not null,
    owner varchar not null,
    actor varchar not null,
    actor_from varchar not null,
    constraint portcullis_signing_key_audit_number primary key (number)
);

create index if not exists portcullis_signing_key_audit_owner on portcullis_signing_key_audit (owner, number);

insert into portcullis_schema (version) values (4);
