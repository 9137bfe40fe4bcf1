select '' as empty, null as nothing, 'NULL' as word, 'comma, "quote"' as quoted,
  'two' || chr(10) || 'lines' as lines, 'a|b\c<i>' as markup, chr(27) || '[31mred' as escape,
  'e' || chr(769) as combined, '日本' as wide
