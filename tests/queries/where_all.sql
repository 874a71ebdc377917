--! $dates date[] not null elements not null
--! released date null
--! many
select released from album where released <> all($dates)
