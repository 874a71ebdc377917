--! $a date not null
--! released date null
--! many
select released from album where released not in ('2000-01-01', $a) or released is null
