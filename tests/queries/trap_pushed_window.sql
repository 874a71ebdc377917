--! name text not null
--! first text null
--! genre int4 null
--! many
--! imprecise: the name that the condition wants comes from the same side; facts stop at windows
select s.name, s.first, s.genre from (select g.name, g.id as genre, first_value(g.name) over (order by a.id) as first from artist a left join genre g on g.id = a.id + 1) s where s.name is not null
