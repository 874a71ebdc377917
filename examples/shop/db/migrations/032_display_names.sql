-- How a customer wants to be addressed: filled for those who exist, then required.
alter table crm.customers add column display_name text;

update crm.customers
   set display_name = pg_catalog.concat_ws(' ', given_name, family_name);

alter table crm.customers
    alter column display_name set not null,
    add constraint display_name_not_empty check (display_name <> '');
