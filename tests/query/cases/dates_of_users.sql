select year(registered_at) as y, date_trunc('day', registered_at)::timestamp as d, strftime(date_of_birth, '%Y-%m-%d') as born,
  registered_at::date - date_of_birth::date as days
from users order by user_id
