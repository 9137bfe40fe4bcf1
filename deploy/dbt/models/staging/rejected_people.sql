-- The place of each rejected person, with path and rule of the first failure, as in extract.
{{ config(materialized='view') }}
select run, page, row, path, rule
from {{ ref('validated_people') }}
where not is_valid
