--! one int4 not null -- a constant
--! zero_or_one -- HAVING may leave none
select 1 as one from artist having count(*) > 1
