select [1, null, 3] as list, []::int[] as empty_list, {'a': 1.50, 'b c': ['x', null]} as struct,
  map(['k', 'l'], [9007199254740993, null]) as map, [{'n': 'inf'::double}] as list_of_struct,
  '\xAA\x00b'::blob as blob, uuid '6f9619ff-8b86-d011-b42d-00c04fc964ff' as id, null::int[] as no_list
union all
select null, [0], null, null, [], null, null, [7]
