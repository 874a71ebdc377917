--! id int8 not null
--! nickname text null
--! many
select id, nickname from customer where lower(nickname) is null and deleted_at is null
