select mood, count(*) from shop.thing, unnest(moods) as mood group by rollup (mood)
