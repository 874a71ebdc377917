--! $a date not null
--! $b date not null
--! released date not null
--! many
select released from album where released not in ($a, $b)
