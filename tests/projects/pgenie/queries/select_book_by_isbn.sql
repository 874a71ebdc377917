-- Cardinality: pGenie knows no keys and says many; its users wrote it down.
select id, title, rating, tags
from book
where isbn13 = $isbn13
