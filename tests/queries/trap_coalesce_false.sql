--! released date not null
--! many
select released from album where coalesce(released > '2000-01-01', false)
