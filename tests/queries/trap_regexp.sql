--! m text[] null
--! r text not null
--! p int4 not null
--! at int4 null
--! s text not null
--! many
--! imprecise: a pattern without groups gives its whole match
select regexp_match(name, 'a') as m, regexp_replace(name, 'a', 'b') as r, position('a' in name) as p, array_position(array['a'], name) as at, array_to_string(array[name, bio], ',') as s from artist
