-- Fails if the share of rejected people exceeds max_rejects, or if no person is valid.
select count(*) as people, sum(case when is_valid then 0 else 1 end) as rejected
from {{ ref('validated_people') }}
having sum(case when is_valid then 0 else 1 end) > {{ var('max_rejects') }} * count(*)
  or coalesce(sum(case when is_valid then 1 else 0 end), 0) = 0
