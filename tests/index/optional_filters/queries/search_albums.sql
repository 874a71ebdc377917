select id, name from album
where ($name::text is null or name = $name) and ($format::text is null or format = $format)
  and ($since::date is null or released >= $since)
