create table page (
  id int8 generated always as identity primary key,
  tenant int4 not null,
  slug text not null,
  title text not null,
  body text not null,
  unique (tenant, slug)
);
