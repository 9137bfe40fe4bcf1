-- Every valid person once.
{{ config(materialized='ephemeral') }}
select people.*
from {{ ref('validated_people') }} as people
left join {{ ref('dropped_copies') }} as dropped
  on dropped.run = people.run and dropped.page = people.page and dropped.row = people.row
where people.is_valid and dropped.run is null
