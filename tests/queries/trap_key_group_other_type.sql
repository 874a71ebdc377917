--! $k text not null
--! k text not null
--! n int8 not null
--! zero_or_one
select k::text as k, count(*) as n from (select name::text as k from genre) g where k = $k group by k::text
