--! id int4 not null
--! many
--! imprecise: a key of NULLS NOT DISTINCT has one NULL at most
select id from slot where seat is null
