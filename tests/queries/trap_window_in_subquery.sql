--! name text not null
--! before text not null
--! many
select s.name, s.before from (select name, lag(name) over (order by id) as before from genre) s where s.before is not null
