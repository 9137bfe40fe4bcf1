-- Where the people are who failed a rule. Which rule: deno task check --stage pages, or extract.
{{ config(materialized='view') }}
select run, page, row
from {{ ref('judged_people') }}
where not is_valid
