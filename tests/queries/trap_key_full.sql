--! x int4 null
--! y int4 null
--! many
select a.id as x, g.id as y from (select id from artist where id = 1) a full join (select id from genre where id = 2) g on g.id = a.id
