-- Customers. The email address identifies a customer, whatever its case.
create table crm.customers (
    id          bigint generated always as identity primary key,
    public_id   uuid        not null default pg_catalog.gen_random_uuid() unique,
    email       shop.email  not null,
    given_name  text        not null check (given_name <> ''),
    family_name text,
    phone       text,
    born_on     date,
    preferences jsonb       not null default '{}' check (pg_catalog.jsonb_typeof(preferences) = 'object'),
    blocked_at  timestamptz,
    created_at  timestamptz not null default pg_catalog.now(),
    updated_at  timestamptz not null default pg_catalog.now()
);

create unique index customers_email_key on crm.customers (pg_catalog.lower(email));

comment on table crm.customers is 'People who buy. Never deleted: a customer may be blocked.';
comment on column crm.customers.public_id is 'The identifier other systems see.';
comment on column crm.customers.preferences is 'Free settings of the front end: locale, newsletter, ...';
