-- The notes of an author, the newest first.
select id, body, written_at
  from note
 where author = $author
 order by id desc
