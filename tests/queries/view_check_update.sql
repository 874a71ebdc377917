--! $name text not null
--! id int4 not null
--! name text not null
--! released date not null
--! many
update cheap set name = $name where released is not null returning id, name, released
