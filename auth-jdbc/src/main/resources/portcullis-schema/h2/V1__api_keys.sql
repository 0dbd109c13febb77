-- API keys, for H2. Plain SQL: any tool can run it, once.

create table portcullis_schema (
    version integer not null
);

insert into portcullis_schema (version) values (1);

create table portcullis_api_key (
    id uuid not null,
    hash binary(32) not null,
    hash_version smallint not null,
    owner varchar not null,
    name varchar not null,
    key_prefix varchar not null,
    scopes varchar array not null,
    created_at timestamp(3) with time zone not null,
    last_used_at timestamp(3) with time zone,
    expires_at timestamp(3) with time zone,
    revoked_at timestamp(3) with time zone,
    successor_id uuid,
    constraint portcullis_api_key_id primary key (id),
    constraint portcullis_api_key_hash unique (hash)
);

create index portcullis_api_key_owner on portcullis_api_key (owner, id);

-- One row for each account that was ever given a key: who adds keys within a limit writes here first, so that of several
-- at once one waits for the other.
create table portcullis_key_owner (
    owner varchar not null,
    turns bigint not null,
    constraint portcullis_key_owner_owner primary key (owner)
);

-- What tells a repeated request from a new one: kept until its time is over, whatever becomes of the key.
create table portcullis_key_request (
    owner varchar not null,
    request_key binary(32) not null,
    request binary(32) not null,
    key_id uuid not null,
    counts_until timestamp(3) with time zone not null,
    constraint portcullis_key_request_key primary key (owner, request_key)
);

create index portcullis_key_request_until on portcullis_key_request (counts_until);

-- What was done to keys. Rows are only ever added.
create table portcullis_key_audit (
    number bigint generated always as identity,
    at timestamp(3) with time zone not null,
    action varchar not null,
    key_id uuid not null,
    owner varchar not null,
    actor varchar not null,
    actor_from varchar not null,
    constraint portcullis_key_audit_number primary key (number)
);

create index portcullis_key_audit_owner on portcullis_key_audit (owner, number);
