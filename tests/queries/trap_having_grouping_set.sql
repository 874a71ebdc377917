--! small text not null -- HAVING keeps no group where it is NULL
--! name text null -- a grouping set leaves it out
--! many -- a row for every group
select lower(name) as small, name from artist group by grouping sets ((lower(name)), (name)) having lower(name) is not null
