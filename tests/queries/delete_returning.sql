--! $id int4 not null
--! id int4 not null
--! released date not null
--! zero_or_one
delete from album where id = $id and released is not null returning id, released
