-- Public keys that requests are signed with, for H2. Plain SQL: any tool can run it, once. H2 keeps
-- each statement by itself, so that a script which was stopped half-way can be run again, and what it has done is written
-- down last.

create table if not exists portcullis_signing_key (
    id uuid not null,
    fingerprint binary(32) not null,
    owner varchar not null,
    name varchar not null,
    public_key binary(32) not null,
    scopes varchar array not null,
    created_at timestamp(3) with time zone not null,
    constraint portcullis_signing_key_id primary key (id),
    constraint portcullis_signing_key_fingerprint unique (fingerprint)
);

create index if not exists portcullis_signing_key_owner on portcullis_signing_key (owner, id);

insert into portcullis_schema (version) values (3);
