-- Four statements; the third one fails.
create table public.currencies (
    code    text primary key,
    country text not null references public.countries
);

insert into public.currencies (code, country) values ('NOK', 'NO'), ('CHF', 'CH');

insert into public.currencies (code, country) values ('NOK', 'NO');

create index currencies_country_idx on public.currencies (country);
