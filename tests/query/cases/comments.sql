/* one /* nested */ */ select ';' as a, $$;$$ as b, E'\';' as c, ";" from (select 1 as ";") -- the end;
;
