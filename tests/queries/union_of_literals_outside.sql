--! $id int4 not null
--! id int4 not null
--! name text null
--! many
--! imprecise: no argument of the test lets the row of constants through
select u.id, u.name from (select id, name from genre union all select 0, null) u where u.id > $id
