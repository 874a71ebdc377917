--! one int4 not null
--! zero_or_one
select 1 as one from artist having count(*) > 1
