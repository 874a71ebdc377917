--! $id int4 not null
--! found bool not null
--! true bool null
--! one
select exists (select 1 from genre where id = $id) as found, (select true from genre where id = $id) as true
