delete from place where country = $country and city = $city
