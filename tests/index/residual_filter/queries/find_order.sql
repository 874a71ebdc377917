select id, placed from orders where customer = $customer and number = $number
