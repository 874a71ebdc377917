--! theirs other.format not null
--! ours format not null
--! one
select 'a'::other.format as theirs, 'cd'::format as ours
