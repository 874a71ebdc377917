--! id int4 not null
--! name text not null
--! released date null
--! sales int8 not null
--! most numeric null
--! many
select a.id, a.name, a.released, count(s.id) as sales, max(s.amount) as most from album a left join sale s on s.album = a.id group by a.id
