--! $ids int4[] not null elements not null
--! $lines text[] not null
--! none
insert into log (id, line) select * from unnest($ids::int4[], $lines::text[]) as t (id, line) on conflict do nothing
