--! first text null
--! same text null
--! many
select many_words(name, bio) as first, many_words(variadic array[name]) as same from artist
