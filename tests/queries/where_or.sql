--! $a date not null
--! $b date not null
--! name text not null
--! released date not null
--! many
select name, released from album where released = $a or released > $b
