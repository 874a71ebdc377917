select (1, 'two') as record, array[(1, 2)] as records, int4range($low, $high) as range, int4multirange(int4range($low, $high)) as ranges
