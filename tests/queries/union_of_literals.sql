--! id int4 not null
--! name text null!
--! many
select id, name from genre union all select 0, null
