--! $gone int4 not null
--! id int4 not null
--! many
select id from slot where gone = $gone
