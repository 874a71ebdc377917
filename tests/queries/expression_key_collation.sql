--! $title text not null
--! id int4 not null
--! zero_or_one
--! try title é | É | a
select id from task where lower(title collate "C") = $title
