--! released date not null
--! many
select released from album where not (released = any (array['2000-01-01'::date]))
