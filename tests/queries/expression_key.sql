--! $nickname text not null
--! id int8 not null
--! zero_or_one
select id from customer where lower(nickname) = $nickname and deleted_at is null
