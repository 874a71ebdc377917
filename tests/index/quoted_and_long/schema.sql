create table "Wide Table with ""quotes"" and a name as long as names may be" (
  id int8 generated always as identity primary key,
  "Column: ünïcödé, with a comma and a name of many letters" text not null
);
