create table page (id int8 primary key, tenant int4 not null, slug text not null, title text not null);
create unique index page_slug on page (tenant, slug);
create index page_tenant on page (tenant);
