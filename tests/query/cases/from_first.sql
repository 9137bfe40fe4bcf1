from users select city, street_number where street_number > 0 order by all
