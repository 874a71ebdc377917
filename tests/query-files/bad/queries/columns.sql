-- Counts.
select count(*), 1
from album
