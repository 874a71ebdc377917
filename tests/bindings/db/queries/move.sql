select 'x'::char(3) as move, 'y'::character varying as "where", $$it's $1 :x$$ as literal, 'a\b "#' as quoted
