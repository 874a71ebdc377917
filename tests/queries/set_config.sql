--! $name text not null
--! $value text null
--! value text not null
--! one
select set_config($name, $value, false) as value
