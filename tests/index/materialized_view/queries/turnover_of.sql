select month, amount from turnover where product = $product order by month
