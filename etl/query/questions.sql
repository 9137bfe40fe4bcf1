-- Common questions about such data, in SQL for both engines; no answer shows a sensitive value.
-- Above each: its name, its plot (`bars`, `columns` or `pyramid`: labels come from the first column,
-- numbers from the others), a file that it joins; its title; what is worth knowing about its SQL.

-- age_pyramid pyramid
-- How old are people, by gender?
-- Ages are not stored. These are the ages on the day of the last registration; use `current_date`
-- for today.
select floor(age / 10)::int * 10 as age_from,
       count(*) filter (gender = 'female') as women,
       count(*) filter (gender = 'male') as men
from (select gender,
             date_sub('year', date_of_birth, (select max(registered_at) from users)) as age
      from users) ages
group by 1
order by 1;

-- people_by_country bars
-- How many people live in each country, and what share is that?
-- A window function over the groups computes the total.
select country_name, count(*) as people,
       round(100.0 * count(*) / sum(count(*)) over (), 1) as percent
from users join countries using (country_code)
group by country_name
order by people desc, country_name;

-- oldest_by_country
-- Who is the oldest person in each country?
-- QUALIFY keeps the first row of each group, without a subquery.
select country_code, first_name, last_name, date_of_birth::date as born
from users
qualify row_number() over (partition by country_code order by date_of_birth, user_id) = 1
order by born
limit 10;

-- ages_by_country
-- How do ages differ between countries?
-- Quartiles in whole years. The WebAssembly engine computes medians of decimals wrongly, but those
-- of integers correctly.
with ages as (
  select country_code,
         date_sub('year', date_of_birth, (select max(registered_at) from users)) as age
  from users
)
select country_code, count(*) as people, min(age) as youngest,
       quantile_cont(age, 0.25) as quarter, quantile_cont(age, 0.5) as half,
       quantile_cont(age, 0.75) as three_quarters, max(age) as oldest
from ages
group by country_code
order by half desc, country_code
limit 10;

-- first_names
-- Which first names are the most frequent, by gender?
-- RANK gives equal counts the same rank.
select gender, first_name, people
from (select gender, first_name, count(*) as people,
             rank() over (partition by gender order by count(*) desc) as place
      from users
      group by gender, first_name) named
where place <= 3
order by gender, people desc, first_name;

-- share_by_time_zone bars
-- What share of the people is in each time zone?
-- The API draws time zones independently of the country, so the shares are nearly equal.
select 'UTC' || utc_offset as time_zone, count(*) as people,
       round(100.0 * count(*) / sum(count(*)) over (), 1) as percent
from users join timezones using (timezone_code)
group by utc_offset
order by replace(utc_offset, ':', '.')::double;

-- neighbours
-- Which two people of a country live closest to each other?
-- The great-circle distance in kilometres, by the haversine formula. Comparing ids keeps each pair
-- once.
with places as (
  select user_id, first_name, country_code,
         radians(latitude::double) as lat, radians(longitude::double) as lon
  from users
)
select a.country_code, a.first_name as one, b.first_name as other,
       round(2 * 6371 * asin(sqrt(
         power(sin((b.lat - a.lat) / 2), 2) +
         cos(a.lat) * cos(b.lat) * power(sin((b.lon - a.lon) / 2), 2))), 1) as km
from places a join places b on a.country_code = b.country_code and a.user_id < b.user_id
order by km, one
limit 10;

-- sample_of_people
-- How do I take a reproducible sample?
-- A hash of the id and a word of your choice puts people into a random order. The same word gives
-- the same people on any machine, and another word gives others.
select first_name, last_name, country_code
from users
order by md5(user_id::varchar || 'my sample')
limit 5;

-- people_of_offices data/sample/offices.csv
-- How do I join a file of my own?
-- The file becomes a view with the name of the file, only for this command. If all columns are text,
-- the WebAssembly engine reads the header line as data; the native engine does not.
select office, count(*) as people, round(count(*) / any_value(staff), 1) as for_each_of_staff
from users join offices using (country_code)
group by office
order by people desc, office;

-- growth_by_month
-- How many people register each month, and what is the total?
-- A sum over an ordered window is a running total.
select strftime(registered_at, '%Y-%m') as month, count(*) as registered,
       sum(count(*)) over (order by strftime(registered_at, '%Y-%m'))::int as total
from users
group by month
order by month desc
limit 12;

-- growth_by_year columns
-- How many people were there at the end of each year?
-- The running total of all years.
select year(registered_at)::varchar as year,
       sum(count(*)) over (order by year(registered_at))::int as people,
       count(*) as registered
from users
group by year(registered_at)
order by 1;

-- growth_on_the_year_before
-- Did more people register than in the year before?
-- LAG reads the previous row.
with years as (
  select year(registered_at) as year, count(*) as registered from users group by 1
)
select year, registered, registered - lag(registered) over (order by year) as more,
       round(100.0 * registered / lag(registered) over (order by year) - 100, 1) as percent
from years
order by year desc
limit 8;

-- gaps
-- What are the longest gaps between two registrations?
-- In whole days.
select lag(registered_at) over (order by registered_at)::date as after,
       registered_at::date as until,
       date_sub('day', lag(registered_at) over (order by registered_at), registered_at) as days
from users
order by days desc nulls last, until
limit 5;

-- weekdays columns
-- On which weekday do people register?
-- Sunday is 0 in DuckDB; ISODOW counts from Monday, 1.
select left(dayname(registered_at), 3) as weekday, count(*) as people
from users
group by weekday, isodow(registered_at)
order by isodow(registered_at);

-- hours columns
-- At what time of day do people register, in UTC?
-- All timestamps are in UTC and have no time zone.
select lpad(hour(registered_at)::varchar, 2, '0') as hour, count(*) as people
from users
group by 1
order by 1;

-- cohorts
-- How old were people when they registered, by cohorts of five years?
-- A cohort table has a row for each cohort and a column for each age group. FILTER gives the result
-- of PIVOT, and more databases support it.
with people as (
  select (floor(year(registered_at) / 5)::int * 5)::varchar as cohort,
         date_sub('year', date_of_birth, registered_at) as age
  from users
)
select cohort || ' and on' as registered_from, count(*) as people,
       count(*) filter (age < 18) as under_18,
       count(*) filter (age between 18 and 39) as from_18,
       count(*) filter (age between 40 and 59) as from_40,
       count(*) filter (age >= 60) as from_60
from people
group by cohort
order by cohort;

-- birthdays
-- Whose birthday is in the next seven days?
-- The query uses a leap year, which has 29 February. Its today is 28 December, to show that it also
-- works at the end of a year.
with days as (
  select first_name, last_name, date_of_birth::date as born,
         make_date(2000, month(date_of_birth), day(date_of_birth)) as birthday,
         date '2000-12-28' as today
  from users
)
select first_name, last_name, born
from days
where (date_diff('day', today, birthday) + 366) % 366 < 7
order by (date_diff('day', today, birthday) + 366) % 366, born
limit 10;

-- duplicates
-- Which people may be duplicates, by name and date of birth?
-- The same person has one `user_id`, so these people differ in another value. Case and surrounding
-- spaces are ignored.
select lower(trim(first_name)) as first, lower(trim(last_name)) as last,
       date_of_birth::date as born, count(*) as people
from users
group by 1, 2, 3
having count(*) > 1
order by people desc, 1, 2;

-- namesakes
-- Who has the same first and last name?
-- LIST collects the values of a group.
select first_name, last_name, count(*) as people,
       list(country_code order by country_code) as countries
from users
group by first_name, last_name
having count(*) > 1
order by people desc, first_name
limit 10;

-- email_domains
-- Which e-mail domains are the most frequent?
-- The API uses only one; your own data has more.
select split_part(email, '@', 2) as domain, count(*) as people
from users
group by domain
order by people desc, domain
limit 10;

-- postcodes
-- What do postcodes look like in each country?
-- Digits become 9 and letters A, so that equal shapes are counted together. Postcodes are text,
-- which keeps leading zeros.
select country_code,
       regexp_replace(regexp_replace(postcode, '[0-9]', '9', 'g'), '[A-Za-z]', 'A', 'g') as shape,
       count(*) as people
from users
group by 1, 2
qualify row_number() over (partition by country_code order by count(*) desc) = 1
order by people desc, 1
limit 12;

-- alternative_ids
-- What share of people in each country has an alternative id?
-- A left join keeps people without one. The values are sensitive, and the query does not need them.
select country_code, coalesce(max(altid_name), '') as altid, count(*) as people,
       round(100.0 * count(altid_name) / count(*), 1) as percent
from users left join altids using (user_id)
group by country_code
order by percent, country_code;
