--! bio text null
--! born date null
--! many
--! imprecise: IS NOT NULL of a whole row holds for each of its columns
select bio, born from artist a where a is not null
