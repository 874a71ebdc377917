--! active bool not null
--! off bool not null
--! on bool not null
--! maybe bool null
--! many
select active, not active as off, active and deleted_at is null as on, active or null as maybe from customer
