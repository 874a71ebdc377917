insert into setting (tenant, key, value) values ($tenant, $key, $value)
on conflict (tenant, key) where gone is null do update set value = excluded.value
