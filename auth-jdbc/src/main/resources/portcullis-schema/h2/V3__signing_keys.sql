-- Public keys that requests are signed with, for H2. Plain SQL: any tool can run it, once.

insert into portcullis_schema (version) values (3);

create table portcullis_signing_key (
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

create index portcullis_signing_key_owner on portcullis_signing_key (owner, id);
