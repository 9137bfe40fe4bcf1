// Common questions about such data, each with SQL for both engines. The cookbook, the views of an
// exported database and the tests use them.
import { PEOPLE, QUALITY, type Question } from "./people.ts";

const TIMES: readonly Question[] = [
  {
    name: "growth_by_month",
    title: "How many people register each month, and what is the total?",
    says: "A sum over an ordered window is a running total.",
    sql: `select strftime(registered_at, '%Y-%m') as month, count(*) as registered,
       sum(count(*)) over (order by strftime(registered_at, '%Y-%m'))::int as total
from users
group by month
order by month desc
limit 12`,
  },
  {
    name: "growth_by_year",
    title: "How many people were there at the end of each year?",
    says: "The running total of all years.",
    plot: "columns",
    sql: `select year(registered_at)::varchar as year,
       sum(count(*)) over (order by year(registered_at))::int as people,
       count(*) as registered
from users
group by year(registered_at)
order by 1`,
  },
  {
    name: "growth_on_the_year_before",
    title: "Did more people register than in the year before?",
    says: "LAG reads the previous row.",
    sql: `with years as (
  select year(registered_at) as year, count(*) as registered from users group by 1
)
select year, registered, registered - lag(registered) over (order by year) as more,
       round(100.0 * registered / lag(registered) over (order by year) - 100, 1) as percent
from years
order by year desc
limit 8`,
  },
  {
    name: "gaps",
    title: "What are the longest gaps between two registrations?",
    says: "In whole days.",
    sql: `select lag(registered_at) over (order by registered_at)::date as after,
       registered_at::date as until,
       date_sub('day', lag(registered_at) over (order by registered_at), registered_at) as days
from users
order by days desc nulls last, until
limit 5`,
  },
  {
    name: "weekdays",
    title: "On which weekday do people register?",
    says: "Sunday is 0 in DuckDB; ISODOW counts from Monday, 1.",
    plot: "columns",
    sql: `select left(dayname(registered_at), 3) as weekday, count(*) as people
from users
group by weekday, isodow(registered_at)
order by isodow(registered_at)`,
  },
  {
    name: "hours",
    title: "At what time of day do people register, in UTC?",
    says: "All timestamps are in UTC and have no time zone.",
    plot: "columns",
    sql: `select lpad(hour(registered_at)::varchar, 2, '0') as hour, count(*) as people
from users
group by 1
order by 1`,
  },
  {
    name: "cohorts",
    title: "How old were people when they registered, by cohorts of five years?",
    says:
      "A cohort table has a row for each cohort and a column for each age group. FILTER works " +
      "like PIVOT, and on every database.",
    sql: `with people as (
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
order by cohort`,
  },
  {
    name: "birthdays",
    title: "Whose birthday is in the next seven days?",
    says: "Days are counted in a leap year, so that 29 February exists. Today is 28 December " +
      "here, to show that the turn of the year works.",
    sql: `with days as (
  select first_name, last_name, date_of_birth::date as born,
         make_date(2000, month(date_of_birth), day(date_of_birth)) as birthday,
         date '2000-12-28' as today
  from users
)
select first_name, last_name, born
from days
where (date_diff('day', today, birthday) + 366) % 366 < 7
order by (date_diff('day', today, birthday) + 366) % 366, born
limit 10`,
  },
];

export const QUESTIONS: readonly Question[] = [...PEOPLE, ...TIMES, ...QUALITY];

/** The questions that need only the tables. */
export const VIEWS: readonly Question[] = QUESTIONS.filter(({ file }) => file === undefined);
