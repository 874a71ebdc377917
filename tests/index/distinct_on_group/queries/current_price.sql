select distinct on (product) product, at, amount from price where product = any($products) order by product, at desc
