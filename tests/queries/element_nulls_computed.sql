--! ids int4[] not null elements not null
--! some int4[] not null
--! names text[] not null elements not null
--! bios text[] not null
--! words text[] not null elements not null
--! others text[] not null
--! constant text[] not null elements not null
--! holed text[] not null
--! many
select array[id, 1] as ids, array[id, n] as some, array(select name from genre) as names, array(select bio from artist) as bios, string_to_array(name, ',') as words, string_to_array(name, ',', 'a') as others, coalesce(null::text[], '{a}') as constant, '{a,NULL}'::text[] as holed from computed
