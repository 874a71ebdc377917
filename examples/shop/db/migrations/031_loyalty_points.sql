-- A loyalty programme: the points customers have, and a level that follows from them.
alter table crm.customers
    add column loyalty_points integer not null default 0
        constraint loyalty_points_not_negative check (loyalty_points >= 0),
    add column loyalty_level text not null generated always as (
        case
            when loyalty_points >= 1000 then 'gold'
            when loyalty_points >= 250 then 'silver'
            else 'basic'
        end) stored;
