--! one int4 not null
--! one
select 1 as one limit null
