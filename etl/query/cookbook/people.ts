// Questions about people and where they live.
import type { Question } from "./question.ts";

export const PEOPLE: readonly Question[] = [
  {
    name: "age_pyramid",
    title: "How old are people, by gender?",
    says: "Ages are not kept. Here they are those of the day of the last registration; write " +
      "`current_date` instead for today.",
    plot: "pyramid",
    sql: `select floor(age / 10)::int * 10 as age_from,
       count(*) filter (gender = 'female') as women,
       count(*) filter (gender = 'male') as men
from (select gender,
             date_sub('year', date_of_birth, (select max(registered_at) from users)) as age
      from users) ages
group by 1
order by 1`,
  },
  {
    name: "people_by_country",
    title: "How many people live in each country, and what share is that?",
    says: "A window over the groups gives the total of all of them.",
    plot: "bars",
    sql: `select country_name, count(*) as people,
       round(100.0 * count(*) / sum(count(*)) over (), 1) as percent
from users join countries using (country_code)
group by country_name
order by people desc, country_name`,
  },
  {
    name: "oldest_by_country",
    title: "Who is the oldest person of each country?",
    says: "QUALIFY keeps the first row of each group, without a subquery.",
    sql: `select country_code, first_name, last_name, date_of_birth::date as born
from users
qualify row_number() over (partition by country_code order by date_of_birth, user_id) = 1
order by born
limit 10`,
  },
  {
    name: "ages_by_country",
    title: "How do ages differ between countries?",
    says: "Quartiles of whole years. The WebAssembly engine gets the median of decimals wrong, " +
      "that of numbers right.",
    sql: `with ages as (
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
limit 10`,
  },
  {
    name: "first_names",
    title: "Which first names are the most frequent, by gender?",
    says: "RANK gives equal counts the same place.",
    sql: `select gender, first_name, people
from (select gender, first_name, count(*) as people,
             rank() over (partition by gender order by count(*) desc) as place
      from users
      group by gender, first_name) named
where place <= 3
order by gender, people desc, first_name`,
  },
  {
    name: "share_by_time_zone",
    title: "What share of the people is in each time zone?",
    says: "The API draws time zones without a look at the country, so this is nearly even.",
    plot: "bars",
    sql: `select 'UTC' || utc_offset as time_zone, count(*) as people,
       round(100.0 * count(*) / sum(count(*)) over (), 1) as percent
from users join timezones using (timezone_code)
group by utc_offset
order by replace(utc_offset, ':', '.')::double`,
  },
  {
    name: "neighbours",
    title: "Which two people of a country live closest to each other?",
    says:
      "The great-circle distance in kilometres, by the haversine formula. Comparing ids keeps " +
      "each pair once.",
    sql: `with places as (
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
limit 10`,
  },
  {
    name: "sample_of_people",
    title: "How do I take a sample that stays the same?",
    says:
      "The hash of the id and a word of your own orders people by chance: the same word gives " +
      "the same people on any machine, another word gives others.",
    sql: `select first_name, last_name, country_code
from users
order by md5(user_id::varchar || 'my sample')
limit 5`,
  },
  {
    name: "people_of_offices",
    title: "How do I join a file of my own?",
    says:
      "The file becomes a view of its name, for this command only. Where all of its columns are " +
      "text, the WebAssembly engine takes the first line for data; the native one does not.",
    file: "data/sample/offices.csv",
    sql:
      `select office, count(*) as people, round(count(*) / any_value(staff), 1) as for_each_of_staff
from users join offices using (country_code)
group by office
order by people desc, office`,
  },
];
