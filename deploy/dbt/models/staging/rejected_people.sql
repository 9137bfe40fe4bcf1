-- Where the people are who failed a rule, and which rule at which path: the first, as extract notes it.
{{ config(materialized='view') }}
select run, page, row, path, rule
from {{ ref('validated_people') }}
where not is_valid
