--! whole text[] not null
--! parts text[] null
--! trimmed int4[] null
--! needs required[] null
--! emails email[] null
--! many
select whole, parts, trimmed, needs, emails from odds
