-- Integers beyond 2^53, decimals to the last place, floats as DuckDB prints them.
select 9007199254740993 as big, -170141183460469231731687303715884105727::hugeint as huge,
  18446744073709551615::ubigint as unsigned, 1.10::decimal(38, 2) as decimal_2,
  0.0000::decimal(7, 4) as zero, 0.1::float as f, 1e20::double as e20, 1e-7::double as tiny,
  100::double as whole, 'nan'::double as nan, '-inf'::double as minus_infinity, true as yes
