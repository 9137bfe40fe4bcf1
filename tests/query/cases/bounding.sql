select min(latitude), max(longitude), avg(latitude), sum(longitude), count(distinct country_code) from users
