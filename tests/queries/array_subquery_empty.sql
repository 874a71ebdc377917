--! $id int4 not null
--! ids int4[] not null elements not null
--! aggregated int4[] null elements not null
--! one
select array(select id from genre where id > $id) as ids, (select array_agg(id) from genre where id > $id) as aggregated
