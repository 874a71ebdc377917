--! known bool null
--! odd bool null
--! tagged bool null
--! many
select artist = any (array[1, 2]) as known, id = any (array[1, null]) as odd, name = any (tags) as tagged from album
