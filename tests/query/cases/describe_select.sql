describe select latitude, count(*) from users group by 1
