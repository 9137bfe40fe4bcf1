-- All pages of one request, each whole and once. What this returns is missing, or there twice.
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

select run, page, 'has other people than it says' as fault
from pages
where people != results or rows != results
union all
-- A page of nobody has no people to be counted; only saved pages can be such.
select run, null, 'lacks pages'
from runs
where landed != pages
  and run in (select run from {{ ref('validated_people') }} where source != 'saved')
union all
select max(run), null, 'pages of several requests'
from runs
having count(*) > 1
