--! s record not null
--! x text null
--! many
select s, (s).x as x from (select bio as x, id as y from artist) s
