--! $path jsonpath not null
--! id int4 not null
--! many
select id from album where meta @? $path::jsonpath and meta @@ '$.a == 1'
