--! $dates date[] not null elements not null
--! released date not null
--! many
select released from album where released = any($dates)
