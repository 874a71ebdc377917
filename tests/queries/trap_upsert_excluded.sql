--! $id int4 not null
--! $line text null
--! line text not null
--! one
insert into log (id, line) values ($id, coalesce($line, '')) on conflict (id) do update set line = excluded.line returning line
