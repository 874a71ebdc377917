--! $id int4 not null
--! there bool not null
--! none bool not null
--! one
select exists (select null from genre where id = $id) as there, not exists (select from artist) as none
