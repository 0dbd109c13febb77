-- Sessions, accounts, and the addresses from which keys may be used, for H2. Plain SQL: any tool can run it, once.
-- H2 keeps each statement by itself, so that a script which was stopped half-way can be run again, and what it has done is
-- written down last.

-- Addresses and blocks; none if a key may be used from everywhere.
alter table portcullis_api_key add column if not exists ip_allowlist varchar array default array[] not null;

create table if not exists portcullis_session (
    id uuid not null,
    hash binary(32) not null,
    account varchar not null,
    login_type varchar not null,
    opened_by varchar not null,
    permissions varchar array not null,
    key_id uuid,
    key_hash binary(32),
    created_at timestamp(3) with time zone not null,
    expires_at timestamp(3) with time zone not null,
    constraint portcullis_session_id primary key (id),
    constraint portcullis_session_hash unique (hash)
);

create index if not exists portcullis_session_account on portcullis_session (account, created_at);
create index if not exists portcullis_session_key on portcullis_session (key_id);
create index if not exists portcullis_session_expires on portcullis_session (expires_at);

-- Only accounts that were ever suspended, or that have to be verified again.
create table if not exists portcullis_account (
    account varchar not null,
    suspended boolean not null,
    verified_until timestamp(3) with time zone,
    constraint portcullis_account_account primary key (account)
);

insert into portcullis_schema (version) values (2);
