// Questions about the values themselves. No answer shows a sensitive value.
import type { Question } from "./question.ts";

export const QUALITY: readonly Question[] = [
  {
    name: "duplicates",
    title: "Who may be there twice, by name and date of birth?",
    says: "The same person has one `user_id`, so these are people who differ in something else. " +
      "Case and spaces at the ends are ignored.",
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
    says: "LIST gathers the values of a group.",
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
    says: "The API knows one; of your own data there are more.",
    sql: `select split_part(email, '@', 2) as domain, count(*) as people
from users
group by domain
order by people desc, domain
limit 10`,
  },
  {
    name: "postcodes",
    title: "What do postcodes look like in each country?",
    says:
      "Digits become 9 and letters A, so equal shapes are counted together. Postcodes are text: " +
      "leading zeros stay.",
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
    title: "Which share of each country has an alternative id?",
    says: "A left join keeps those without. The values are sensitive, and are not needed.",
    sql: `select country_code, coalesce(max(altid_name), '') as altid, count(*) as people,
       round(100.0 * count(altid_name) / count(*), 1) as percent
from users left join altids using (user_id)
group by country_code
order by percent, country_code`,
  },
];
