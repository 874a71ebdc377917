select count(*) as books, standing_of.shelf as shelf
from book, lateral (select (standing).shelf) as standing_of
group by standing_of.shelf
