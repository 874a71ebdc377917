select n from generate_series(1, $upto) as n
