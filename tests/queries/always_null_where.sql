--! id int4 not null
--! released date null!
--! many
select id, released from album where released is null
