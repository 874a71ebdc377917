--! $name text not null
--! $value text null
--! value text not null
--! one
--! try name work_mem | search_path
--! try value 4MB | public
select set_config($name, $value, false) as value
