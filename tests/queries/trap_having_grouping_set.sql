--! small text not null
--! name text null
--! many
select lower(name) as small, name from artist group by grouping sets ((lower(name)), (name)) having lower(name) is not null
