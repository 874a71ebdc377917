--! released date null
--! many
select distinct released from album
