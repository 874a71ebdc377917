--! name text null
--! bio text null
--! many
--! imprecise: itself gives what it gets; its body could be read
select itself(name) as name, itself(bio) as bio from artist
