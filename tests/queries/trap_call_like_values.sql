--! column1 int4 not null
--! one
values (1), (2) limit 1
