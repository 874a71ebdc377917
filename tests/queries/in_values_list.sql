--! odd bool null
--! some bool not null
--! other bool not null
--! many
select id in (1, 2, null) as odd, id in (1, 2) as some, name not in ('a', 'b') as other from artist
