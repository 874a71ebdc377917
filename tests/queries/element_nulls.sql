--! whole text[] not null elements not null
--! parts text[] null elements not null
--! trimmed int4[] null elements not null
--! needs required[] null
--! emails email[] null
--! many
select whole, parts, trimmed, needs, emails from odds
