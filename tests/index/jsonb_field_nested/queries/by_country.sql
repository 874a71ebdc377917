select id, name from album where meta -> 'label' ->> 'country' = $country
