// Questions about people, where they live, and their values. No answer shows a sensitive value.

export interface Question {
  /** The name of the question, its view and its plot. */
  readonly name: string;
  readonly title: string;
  /** What is worth knowing about the SQL. */
  readonly says: string;
  readonly sql: string;
  /** A plot takes its labels from the first column, its numbers from the others. */
  readonly plot?: "bars" | "columns" | "pyramid";
  /** A file that the SQL joins to the tables. */
  readonly file?: string;
}

export const PEOPLE: readonly Question[] = [
  {
    name: "age_pyramid",
    title: "How old are people, by gender?",
    says: "Ages are not stored. These are the ages on the day of the last registration; use " +
      "`current_date` for today.",
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
    says: "A window function over the groups computes the total.",
    plot: "bars",
    sql: `select country_name, count(*) as people,
       round(100.0 * count(*) / sum(count(*)) over (), 1) as percent
from users join countries using (country_code)
group by country_name
order by people desc, country_name`,
  },
  {
    name: "oldest_by_country",
    title: "Who is the oldest person in each country?",
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
    says:
      "Quartiles in whole years. The WebAssembly engine computes medians of decimals wrongly, " +
      "but those of integers correctly.",
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
    says: "RANK gives equal counts the same rank.",
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
    says: "The API draws time zones independently of the country, so the shares are nearly equal.",
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
    title: "How do I take a reproducible sample?",
    says: "A hash of the id and a word of your choice orders people at random: the same word " +
      "gives the same people on any machine, another word gives others.",
    sql: `select first_name, last_name, country_code
from users
order by md5(user_id::varchar || 'my sample')
limit 5`,
  },
  {
    name: "people_of_offices",
    title: "How do I join a file of my own?",
    says:
      "The file becomes a view with its name, for this command only. If all columns are text, " +
      "the WebAssembly engine reads the header line as data; the native engine does not.",
    file: "data/sample/offices.csv",
    sql:
      `select office, count(*) as people, round(count(*) / any_value(staff), 1) as for_each_of_staff
from users join offices using (country_code)
group by office
order by people desc, office`,
  },
];

export const QUALITY: readonly Question[] = [
  {
    name: "duplicates",
    title: "Which people may be duplicates, by name and date of birth?",
    says: "The same person has one `user_id`, so these people differ in another value. Case and " +
      "surrounding spaces are ignored.",
    sql: `select lower(trim(first_name)) as first, lower(trim(last_name)) as last,
       date_of_birth::date as born, count(*) as people
from users
group by 1, 2, 3
having count(*) > 1
order by people desc, 1, 2`,
  },
  {
    name: "namesakes",
    title: "Who has the same first and last name?",
    says: "LIST collects the values of a group.",
    sql: `select first_name, last_name, count(*) as people,
       list(country_code order by country_code) as countries
from users
group by first_name, last_name
having count(*) > 1
order by people desc, first_name
limit 10`,
  },
  {
    name: "email_domains",
    title: "Which e-mail domains are the most frequent?",
    says: "The API uses only one; your own data has more.",
    sql: `select split_part(email, '@', 2) as domain, count(*) as people
from users
group by domain
order by people desc, domain
limit 10`,
  },
  {
    name: "postcodes",
    title: "What do postcodes look like in each country?",
    says: "Digits become 9 and letters A, so that equal shapes are counted together. Postcodes " +
      "are text, which keeps leading zeros.",
    sql: `select country_code,
       regexp_replace(regexp_replace(postcode, '[0-9]', '9', 'g'), '[A-Za-z]', 'A', 'g') as shape,
       count(*) as people
from users
group by 1, 2
qualify row_number() over (partition by country_code order by count(*) desc) = 1
order by people desc, 1
limit 12`,
  },
  {
    name: "alternative_ids",
    title: "What share of people in each country has an alternative id?",
    says:
      "A left join keeps people without one. The values are sensitive, and the query does not " +
      "need them.",
    sql: `select country_code, coalesce(max(altid_name), '') as altid, count(*) as people,
       round(100.0 * count(altid_name) / count(*), 1) as percent
from users left join altids using (user_id)
group by country_code
order by percent, country_code`,
  },
];
