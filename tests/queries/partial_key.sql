--! $email text not null
--! id int8 not null
--! zero_or_one
select id from customer where email = $email and active
