--! released date null
--! many
select released from album where released > '2000-01-01' or true
