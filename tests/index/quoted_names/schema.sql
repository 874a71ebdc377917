create schema "My Music";
create table "My Music"."Album List" ("Id" int8 generated always as identity primary key, "select" text not null, "artist ""X" int8 not null);
