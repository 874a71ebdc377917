select sum(hits) as hits from hit
