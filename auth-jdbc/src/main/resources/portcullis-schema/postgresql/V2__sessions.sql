-- Sessions, accounts, and the addresses from which keys may be used, for PostgreSQL. Plain SQL: any tool can run it,
-- once, in one transaction.

insert into portcullis_schema (version) values (2);

-- Addresses and blocks; none if a key may be used from everywhere.
alter table portcullis_api_key add column ip_allowlist text[] default '{}' not null;

create table portcullis_session (
    id uuid not null,
    hash bytea not null,
    account text not null,
    login_type text not null,
    opened_by text not null,
    permissions text[] not null,
    key_id uuid,
    key_hash bytea,
    created_at timestamp(3) with time zone not null,
    expires_at timestamp(3) with time zone not null,
    constraint portcullis_session_id primary key (id),
    constraint portcullis_session_hash unique (hash),
    constraint portcullis_session_hash_length check (octet_length(hash) = 32)
);

create index portcullis_session_account on portcullis_session (account, created_at);
create index portcullis_session_key on portcullis_session (key_id);
create index portcullis_session_expires on portcullis_session (expires_at);

-- Only accounts that were ever suspended, or that have to be verified again.
create table portcullis_account (
    account text not null,
    suspended boolean not null,
    verified_until timestamp(3) with time zone,
    constraint portcullis_account_account primary key (account)
);

-- Whatever changes one of these tells so, in the same transaction.

drop trigger portcullis_api_key_changed on portcullis_api_key;

create trigger portcullis_api_key_changed
    after update of hash, hash_version, owner, name, key_prefix, scopes, expires_at, revoked_at, successor_id,
        ip_allowlist
    on portcullis_api_key
    for each row execute function portcullis_tell_change('api-keys');

create trigger portcullis_session_changed
    after update on portcullis_session
    for each row execute function portcullis_tell_change('sessions');

-- Nothing is told of one that was over when it was deleted.
create trigger portcullis_session_deleted
    after delete on portcullis_session
    for each row when (old.expires_at > now() - interval '1 hour')
    execute function portcullis_tell_change('sessions');

create trigger portcullis_session_truncated
    after truncate on portcullis_session
    for each statement execute function portcullis_tell_changes('sessions');

-- An account whose name cannot be sent could be any.
create function portcullis_tell_account(account text) returns void language sql as $$
    select pg_notify('portcullis',
        case when char_length(account) between 1 and 255 and account !~ '[[:cntrl:]]'
            then 'accounts:' || account else 'accounts' end);
$$;

create function portcullis_tell_account_change() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' then
        perform portcullis_tell_account(old.account);
    end if;
    if tg_op <> 'DELETE' then
        perform portcullis_tell_account(new.account);
    end if;
    return null;
end
$$;

create trigger portcullis_account_changed
    after insert or update or delete on portcullis_account
    for each row execute function portcullis_tell_account_change();

create trigger portcullis_account_truncated
    after truncate on portcullis_account
    for each statement execute function portcullis_tell_changes('accounts');
