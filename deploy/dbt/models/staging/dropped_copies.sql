-- The copies to drop if a person occurs more than once. Copies may differ in login and alternative
-- id; the copy with the lowest rank is kept, in any order of input.
with repeated as (
  select user_id
  from {{ ref('validated_people') }}
  where is_valid
  group by user_id
  having count(*) > 1
),

copies as (
  select
    people.user_id, people.run, people.page, people.row,
    {{ copy_units([
      'cast(login_external_uuid as string)', 'username', 'sha256', 'altid_name',
      "coalesce(altid_value, '')",
    ]) }} as units
  from {{ ref('validated_people') }} as people
  inner join repeated on repeated.user_id = people.user_id
),

halves as (
  select
    user_id, run, page, row,
    {{ rank_half('units', 608135816, 2654435761, 2246822507, 15) }} as high,
    {{ rank_half('units', 2242054355, 1597334677, 3266489909, 13) }} as low
  from copies
),

ordered as (
  select
    run, page, row,
    row_number() over (
      partition by user_id
      order by (high >> 6) * 67108864 + (low >> 6), run, page, row
    ) as place
  from halves
)

select run, page, row
from ordered
where place > 1
