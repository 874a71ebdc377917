--! $title text not null
--! id int4 not null
--! many
--! try title é | É | a
--! imprecise: the databases of the test are of the locale C, where both collations are alike
select id from task where lower(title) = $title
