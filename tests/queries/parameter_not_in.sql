--! $names text[] not null elements not null
--! id int4 not null
--! many
select id from artist where name <> all ($names::text[])
