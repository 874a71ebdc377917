--! $a date not null
--! released date not null
--! many
select released from album where released between symmetric $a and '2001-01-01'
