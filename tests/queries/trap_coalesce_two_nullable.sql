--! $other text null
--! text text null
--! many
select coalesce(bio, $other) as text from artist
