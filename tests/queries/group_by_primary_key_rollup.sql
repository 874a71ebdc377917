--! id int4 not null
--! name text not null
--! n int8 not null
--! many
select a.id, a.name, count(*) as n from album a group by a.id, rollup (a.format)
