--! released date null
--! many
update album set released = null where released is not null returning released
