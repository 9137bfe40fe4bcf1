select first_name, street_number, sum(street_number) over (order by user_id) as running,
  quantile_cont(street_number, 0.5) over () as median
from users order by user_id
