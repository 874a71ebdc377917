--! $from date not null
--! $to date not null
--! id int4 not null
--! many
select id from album where released between $from and $to
