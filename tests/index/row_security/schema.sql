create table document (id int8 generated always as identity primary key, tenant int4 not null, title text not null, created timestamptz not null);
alter table document enable row level security;
create policy own on document using (tenant = current_setting('app.tenant')::int4);
