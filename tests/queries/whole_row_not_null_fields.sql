--! bio text null
--! born date null
--! many
select bio, born from artist a where a is not null
