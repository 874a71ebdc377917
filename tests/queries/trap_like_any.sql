--! bio text not null
--! many
select bio from artist where bio like any (array['a%', 'b%'])
