--! released date not null
--! name text not null
--! many
update album set name = 'x' where released is not null returning released, name
