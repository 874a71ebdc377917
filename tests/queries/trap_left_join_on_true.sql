--! id int4 not null
--! name text null
--! many
select a.id, b.name from (select 1 as id) a left join genre b on true
