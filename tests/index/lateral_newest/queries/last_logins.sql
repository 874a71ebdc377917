select a.id, l.at, l.address
from account a
cross join lateral (select at, address from login where account = a.id order by at desc limit 3) l
where a.email = $email
