-- Finds pages that are missing, incomplete or repeated, and pages of several requests.
with pages as (
  select
    run, page, max(pages) as pages, max(results) as results, count(*) as people,
    count(distinct row) as rows
  from {{ ref('validated_people') }}
  group by run, page
),

runs as (
  select run, max(pages) as pages, count(*) as landed
  from pages
  group by run
)

select run, page, 'is incomplete or has repeated rows' as fault
from pages
where people != results or rows != results
union all
-- A page without people has no rows to count; only saved pages can be empty.
select run, null, 'lacks pages'
from runs
where landed != pages
  and run in (select run from {{ ref('validated_people') }} where source != 'saved')
union all
select max(run), null, 'has pages of several requests'
from runs
having count(*) > 1
