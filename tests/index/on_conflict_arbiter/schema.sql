create table setting (tenant int4 not null, key text not null, value jsonb not null, gone timestamptz);
create unique index setting_alive on setting (tenant, key) where gone is null;
