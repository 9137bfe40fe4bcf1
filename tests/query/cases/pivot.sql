pivot users on country_code using count(*) group by street_name order by all
