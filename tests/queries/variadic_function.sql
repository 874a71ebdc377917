--! first text null
--! same text null
--! many
--! imprecise: many_words gives no NULL; its body could be read
select many_words(name, bio) as first, many_words(variadic array[name]) as same from artist
