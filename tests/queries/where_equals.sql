--! $released date not null
--! id int4 not null
--! released date not null
--! many
select id, released from album where released = $released
