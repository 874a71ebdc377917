--! a text null
--! b text not null
--! c int4 not null
--! many
select lag(name, 1, null) over () as a, lead(name, 1, 'x') over () as b, ntile(4) over () as c from genre
