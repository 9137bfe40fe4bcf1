select date '2020-02-29' as day, date '-infinity' as never, timestamp '2020-01-02 03:04:05.000006' as micro,
  timestamp_ms '1969-12-31 23:59:59.999' as milli, timestamp_s '2020-01-01' as second,
  '2020-01-01 12:00:00+02'::timestamptz as zoned, time '01:02:03.5' as clock,
  interval '1 year 2 days 3 seconds' as span
