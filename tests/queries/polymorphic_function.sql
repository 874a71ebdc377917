--! name text null
--! bio text null
--! many
select itself(name) as name, itself(bio) as bio from artist
