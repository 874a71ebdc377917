--! $name text not null
--! a text not null
--! b text null
--! one
select current_setting('work_mem') as a, current_setting($name, true) as b
