--! id int4 not null
--! bio text not null
--! released date null
--! many
--! since 17
--! imprecise: rows without a date take the branch that returns nothing
merge into artist a using album b on b.artist = a.id when matched and b.released is null then do nothing when matched then update set bio = b.name returning a.id, a.bio, b.released
