select max(at) as at from reading
