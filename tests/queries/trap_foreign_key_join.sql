--! $id uuid not null
--! id uuid not null
--! email email not null
--! name text null
--! zero_or_one
--! imprecise: the foreign key has its row, unless row security hides it
select s.id, c.email, al.name from sale s join customer c on c.id = s.customer left join album al on al.id = s.album where s.id = $id
