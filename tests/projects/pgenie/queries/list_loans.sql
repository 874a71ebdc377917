select r.name, b.title, l.since, l.returned, initial(r.name) as first_letter
from loan l
join reader r on r.id = l.reader
left join book b on b.id = l.book
where r.id = any($readers) and (l.returned is null or $all)
