create table score (
  id int8 generated always as identity primary key,
  game int4 not null,
  points int4 not null,
  player int8 not null
);
create index score_up on score (points, player);
create index score_mixed on score (points desc, player);
