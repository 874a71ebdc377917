--! $title text not null
--! id int4 not null
--! many
--! try title é | É | a
select id from task where lower(title collate "und-x-icu") = $title
