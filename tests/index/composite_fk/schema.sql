create table place (country text, city text, primary key (country, city));
create table shop (
  id int8 generated always as identity primary key,
  country text not null,
  city text not null,
  name text not null,
  foreign key (country, city) references place on delete cascade
);
