select id from seat where row_name = $row_name and number = $number
