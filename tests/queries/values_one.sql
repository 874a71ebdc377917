--! $a int4 null
--! column1 int4 null
--! column2 text not null
--! one
values ($a::int4, 'x')
