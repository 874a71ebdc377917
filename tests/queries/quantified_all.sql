--! $days date[] not null
--! above bool not null
--! other bool not null
--! odd bool null
--! many
select id > all (select price from album) as above, id <> all (array[1, 2]) as other, released <> all ($days) as odd from album
