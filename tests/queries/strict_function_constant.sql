--! one int4 null
--! other int4 null
--! many
--! imprecise: always_one is a strict SQL function whose body could be read
select always_one(a.released - a.released) as one, always_one(a.id) as other from album a
