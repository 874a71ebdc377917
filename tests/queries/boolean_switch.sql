--! $flag bool null
--! text text null
--! many
select case when $flag then name else bio end as text from artist
