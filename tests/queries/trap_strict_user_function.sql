--! t int4 null
--! many
--! imprecise: twice is a strict SQL function whose body could be read
select twice(id) as t from artist
