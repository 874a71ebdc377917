select count(*) as albums, pg_notify('counted', '') as said,
  E'two
    lines' as text
from album where format = any($formats)
