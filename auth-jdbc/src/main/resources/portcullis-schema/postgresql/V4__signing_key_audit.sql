-- The last use of signing keys, and what was done to them, for PostgreSQL. Plain SQL: any tool can run it, once, in one
-- transaction.

insert into portcullis_schema (version) values (4);

alter table portcullis_signing_key add column last_used_at timestamp(3) with time zone;

-- Rows are only ever added: an application needs no right to update or delete them.
create table portcullis_signing_key_audit (
    number bigint generated always as identity,
    at timestamp(3) with time zone not null,
    action text not null,
    key_id uuid not null,
    fingerprint bytea not null,
    owner text not null,
    actor text not null,
    actor_from text not null,
    constraint portcullis_signing_key_audit_number primary key (number)
);

create index portcullis_signing_key_audit_owner on portcullis_signing_key_audit (owner, number);

-- That a key was used is no change that is told.
drop trigger portcullis_signing_key_changed on portcullis_signing_key;

create trigger portcullis_signing_key_changed
    after update of id, fingerprint, owner, name, public_key, scopes on portcullis_signing_key
    for each row execute function portcullis_tell_change('signing-keys');

create trigger portcullis_signing_key_deleted
    after delete on portcullis_signing_key
    for each row execute function portcullis_tell_change('signing-keys');
