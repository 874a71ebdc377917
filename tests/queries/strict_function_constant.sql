--! one int4 null
--! other int4 null
--! many
select always_one(a.released - a.released) as one, always_one(a.id) as other from album a
