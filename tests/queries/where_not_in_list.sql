--! $a date not null
--! $b date not null
--! released date null
--! many
select released from album where released not in ($a, $b)
