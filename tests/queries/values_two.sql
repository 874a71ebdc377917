--! column1 int4 not null
--! column2 text null!
--! many!
values (1, 'a'), (2, null)
