select exists (select from orders where customer = $customer) as has
