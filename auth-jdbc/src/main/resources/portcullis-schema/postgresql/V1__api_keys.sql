-- API keys, for PostgreSQL. Plain SQL: any tool can run it, once, in one transaction.

create table portcullis_schema (
    version integer not null
);

insert into portcullis_schema (version) values (1);

create table portcullis_api_key (
    id uuid not null,
    hash bytea not null,
    hash_version smallint not null,
    owner text not null,
    name text not null,
    key_prefix text not null,
    scopes text[] not null,
    created_at timestamp(3) with time zone not null,
    last_used_at timestamp(3) with time zone,
    expires_at timestamp(3) with time zone,
    revoked_at timestamp(3) with time zone,
    successor_id uuid,
    constraint portcullis_api_key_id primary key (id),
    constraint portcullis_api_key_hash unique (hash),
    constraint portcullis_api_key_hash_length check (octet_length(hash) = 32)
) with (fillfactor = 90); -- room for the last use to be written where the key stands

create index portcullis_api_key_owner on portcullis_api_key (owner, id);

-- One row for each account that was ever given a key: who adds keys within a limit writes here first, so that of several
-- at once one waits for the other.
create table portcullis_key_owner (
    owner text not null,
    turns bigint not null,
    constraint portcullis_key_owner_owner primary key (owner)
);

-- What tells a repeated request from a new one: kept until its time is over, whatever becomes of the key.
create table portcullis_key_request (
    owner text not null,
    request_key bytea not null,
    request bytea not null,
    key_id uuid not null,
    counts_until timestamp(3) with time zone not null,
    constraint portcullis_key_request_key primary key (owner, request_key)
);

create index portcullis_key_request_until on portcullis_key_request (counts_until);

-- What was done to keys. Rows are only ever added: an application needs no right to update or delete them.
create table portcullis_key_audit (
    number bigint generated always as identity,
    at timestamp(3) with time zone not null,
    action text not null,
    key_id uuid not null,
    owner text not null,
    actor text not null,
    actor_from text not null,
    constraint portcullis_key_audit_number primary key (number)
);

create index portcullis_key_audit_owner on portcullis_key_audit (owner, number);

-- Whatever changes a key tells so, in the same transaction: on the channel "portcullis", the topic and the identifier,
-- with a colon between them; the topic alone if it could be any. Nothing is told of a key that was added or used.

create function portcullis_tell_change() returns trigger language plpgsql as $$
begin
    perform pg_notify('portcullis', tg_argv[0] || ':' || old.id);
    return null;
end
$$;

create function portcullis_tell_changes() returns trigger language plpgsql as $$
begin
    perform pg_notify('portcullis', tg_argv[0]);
    return null;
end
$$;

create trigger portcullis_api_key_changed
    after update of hash, hash_version, owner, name, key_prefix, scopes, expires_at, revoked_at, successor_id
    on portcullis_api_key
    for each row execute function portcullis_tell_change('api-keys');

create trigger portcullis_api_key_deleted
    after delete on portcullis_api_key
    for each row execute function portcullis_tell_change('api-keys');

create trigger portcullis_api_key_truncated
    after truncate on portcullis_api_key
    for each statement execute function portcullis_tell_changes('api-keys');
