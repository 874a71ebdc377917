--! $id int4 not null
--! id int4 not null
--! before int4 null
--! many
select x.id, x.before from (select id, lag(id) over (order by id) as before from genre) x where x.id > $id
