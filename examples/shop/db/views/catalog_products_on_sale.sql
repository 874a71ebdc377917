-- What the front page lists: products that have a price today in the default list.
create or replace view catalog.products_on_sale as
select p.id,
       p.sku,
       p.name,
       p.description,
       p.tags,
       price.amount,
       pl.currency,
       coalesce(rating.reviews, 0) as reviews,
       rating.average              as rating,
       image.url                   as image_url,
       exists (
           select from warehouse.stock s where s.product_id = p.id and s.available > 0) as in_stock
  from catalog.products p
  join catalog.prices price on price.product_id = p.id and price.valid_during @> pg_catalog.now()
  join catalog.price_lists pl on pl.id = price.price_list_id and pl.is_default
  left join catalog.product_ratings rating on rating.product_id = p.id
  left join catalog.product_images image on image.product_id = p.id and image.position = 1
 where p.retired_at is null;
