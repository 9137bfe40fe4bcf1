select i, 'row ' || i as name from range(42) t(i)
