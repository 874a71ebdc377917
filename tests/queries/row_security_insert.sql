--! $id int4 not null
--! $body text null
--! id int4 not null
--! body text null
--! one
insert into secret (id, owner, body) values ($id, current_user, $body) returning id, body
