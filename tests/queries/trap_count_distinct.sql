--! n int8 not null
--! m int8 not null
--! one
select count(distinct artist) as n, count(artist) as m from album
