--! $id int4 not null
--! next int4 null
--! small text null
--! zero_or_one
--! imprecise: the expression of small gives no NULL for an n that is NOT NULL
select next, small from computed where id = $id
