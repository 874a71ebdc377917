--! $id int4 not null
--! line text null
--! one
insert into log (id, line) values ($id, 'x') on conflict (id) do update set id = excluded.id returning line
