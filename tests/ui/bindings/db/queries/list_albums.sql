select a.id, a.name, r.name as artist, r.email, a.discs
from album a left join artist r on r.id = a.artist and r.name <> 'nobody'
order by a.id
