create table score (id int8 primary key, game int4 not null, points int4 not null);
create index score_points on score (game, points desc);
