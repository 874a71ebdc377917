--! $label text not null
--! id int4 not null
--! label text not null
--! many
select id, meta ->> 'label' as label from album where meta ->> 'label' = $label
