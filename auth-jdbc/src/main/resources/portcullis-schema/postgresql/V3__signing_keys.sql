-- Public keys that requests are signed with, for PostgreSQL. Plain SQL: any tool can run it, once, in one transaction.

insert into portcullis_schema (version) values (3);

create table portcullis_signing_key (
    id uuid not null,
    fingerprint bytea not null,
    owner text not null,
    name text not null,
    public_key bytea not null,
    scopes text[] not null,
    created_at timestamp(3) with time zone not null,
    constraint portcullis_signing_key_id primary key (id),
    constraint portcullis_signing_key_fingerprint unique (fingerprint),
    constraint portcullis_signing_key_fits check (fingerprint = sha256(public_key) and octet_length(public_key) = 32)
);

create index portcullis_signing_key_owner on portcullis_signing_key (owner, id);

create trigger portcullis_signing_key_changed
    after update or delete on portcullis_signing_key
    for each row execute function portcullis_tell_change('signing-keys');

create trigger portcullis_signing_key_truncated
    after truncate on portcullis_signing_key
    for each statement execute function portcullis_tell_changes('signing-keys');
