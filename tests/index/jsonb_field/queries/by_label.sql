select id, name from album where meta ->> 'label' = $label
