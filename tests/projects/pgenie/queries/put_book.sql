insert into book (isbn13, title, standing, tags)
values (:isbn13, :title, :standing, :tags)
on conflict (isbn13) do nothing
returning id
