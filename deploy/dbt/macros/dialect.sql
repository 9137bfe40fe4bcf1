{# SQL that differs between DuckDB and Spark. #}

{# The error for lines without verdicts, or with verdicts of older or newer rules. #}
{% macro refusal() -%}
Cannot use the landed files: their verdicts are missing or follow other rules than these models. Run: deno task land --source {{ env_var("DEBR_RAW") }} --out {{ env_var("DEBR_RAW") }}
{%- endmacro %}

{# The landed people: page, verdict and person (as JSON) of each line. #}
{% macro landed_people() %}{{ return(adapter.dispatch('landed_people')()) }}{% endmacro %}

{% macro duckdb__landed_people() %}
select run, source, page, pages, row, results, valid, path, rule, person
from read_json(
  '{{ env_var("DEBR_RAW") }}/pages-*.ndjson*',
  format = 'newline_delimited',
  columns = {
    run: 'varchar', source: 'varchar', schema: 'varchar', page: 'integer', pages: 'integer',
    row: 'integer', results: 'integer', valid: 'boolean', path: 'varchar', rule: 'varchar',
    person: 'json'
  }
)
where results > 0
  and case
    when schema = '{{ schema_version() }}' then true
    else error('{{ refusal() | replace("'", "''") }}')
  end
{% endmacro %}

{# Finds the person by text. This is safe: inside a value, the quotes of the key are escaped. #}
{% macro spark__landed_people() %}
select line.*, substr(value, length(head) + 11, length(value) - length(head) - 11) as person
from (
  select
    value, head,
    from_json(
      concat(head, '}'),
      'run string, source string, schema string, page int, pages int, row int, results int, valid boolean, path string, rule string',
      map('mode', 'FAILFAST')
    ) as line
  from (
    select value, substring_index(value, ',"person":', 1) as head
    from text.`{{ env_var("DEBR_RAW") }}/pages-*.ndjson*`
    where value like '%,"person":%'
  )
)
where case
  when line.schema = '{{ schema_version() }}' then true
  else raise_error('{{ refusal() | replace("'", "\\'") }}')
end
{% endmacro %}

{# Parses the fields of a person from JSON once. #}
{% macro parse_person(json) %}{{ return(adapter.dispatch('parse_person')(json)) }}{% endmacro %}

{% macro duckdb__parse_person(json) -%}
json_extract_string({{ json }}, [
  {%- for path in person_fields() %}'$.{{ path }}'{{ ', ' if not loop.last }}{% endfor -%}
])
{%- endmacro %}

{% macro spark__parse_person(json) -%}
from_json({{ json }}, '{{ person_struct() }}')
{%- endmacro %}

{# One of these fields, as text. #}
{% macro field(path) %}{{ return(adapter.dispatch('field')(path)) }}{% endmacro %}

{% macro duckdb__field(path) -%}
parsed[{{ person_fields().index(path) + 1 }}]
{%- endmacro %}

{% macro spark__field(path) -%}
parsed.{{ path }}
{%- endmacro %}

{# SHA-256 of a text in UTF-8, as 64 hexadecimal digits. #}
{% macro sha256_hex(text) %}{{ return(adapter.dispatch('sha256_hex')(text)) }}{% endmacro %}

{% macro duckdb__sha256_hex(text) -%}sha256({{ text }}){%- endmacro %}

{% macro spark__sha256_hex(text) -%}sha2({{ text }}, 256){%- endmacro %}

{# A UUID; Spark does not have this type and stores text. #}
{% macro as_uuid(text) %}{{ return(adapter.dispatch('as_uuid')(text)) }}{% endmacro %}

{% macro duckdb__as_uuid(text) -%}cast({{ text }} as uuid){%- endmacro %}

{% macro spark__as_uuid(text) -%}{{ text }}{%- endmacro %}

{# A timestamp like 1990-01-31T12:34:56.789Z, stored as UTC without a time zone. #}
{% macro as_moment(text) %}{{ return(adapter.dispatch('as_moment')(text)) }}{% endmacro %}

{% macro duckdb__as_moment(text) -%}cast(substr({{ text }}, 1, 23) as timestamp){%- endmacro %}

{% macro spark__as_moment(text) -%}cast(substr({{ text }}, 1, 23) as timestamp_ntz){%- endmacro %}

{# The UTF-16 units of a text, as numbers. #}
{% macro utf16_units(text) %}{{ return(adapter.dispatch('utf16_units')(text)) }}{% endmacro %}

{% macro duckdb__utf16_units(text) -%}
flatten(list_transform(
  string_split({{ text }}, ''),
  lambda c: case
    when c = '' then []::bigint[]
    when unicode(c) < 65536 then [unicode(c)::bigint]
    else [
      55296 + ((unicode(c)::bigint - 65536) >> 10),
      56320 + ((unicode(c)::bigint - 65536) & 1023)
    ]
  end
))
{%- endmacro %}

{% macro spark__utf16_units(text) -%}
transform(
  filter(
    sequence(1, greatest(1, length(hex(encode({{ text }}, 'UTF-16BE')))), 4),
    at -> length({{ text }}) > 0
  ),
  at -> cast(conv(substr(hex(encode({{ text }}, 'UTF-16BE')), at, 4), 16, 10) as bigint)
)
{%- endmacro %}

{# Folds a list of numbers into one number. #}
{% macro fold(list, start, body) %}{{ return(adapter.dispatch('fold')(list, start, body)) }}{% endmacro %}

{% macro duckdb__fold(list, start, body) -%}
list_reduce({{ list }}, lambda acc, x: {{ body }}, {{ start }}::bigint)
{%- endmacro %}

{% macro spark__fold(list, start, body) -%}
aggregate({{ list }}, cast({{ start }} as bigint), (acc, x) -> {{ body }})
{%- endmacro %}

{# Bitwise exclusive or of two numbers. #}
{% macro bit_xor(a, b) %}{{ return(adapter.dispatch('bit_xor')(a, b)) }}{% endmacro %}

{% macro duckdb__bit_xor(a, b) -%}xor({{ a }}, {{ b }}){%- endmacro %}

{% macro spark__bit_xor(a, b) -%}(({{ a }}) ^ ({{ b }})){%- endmacro %}

{# Concatenates lists. #}
{% macro join_lists(lists) %}{{ return(adapter.dispatch('join_lists')(lists)) }}{% endmacro %}

{% macro duckdb__join_lists(lists) -%}flatten([{{ lists | join(', ') }}]){%- endmacro %}

{% macro spark__join_lists(lists) -%}concat({{ lists | join(', ') }}){%- endmacro %}

{# A list of one number. #}
{% macro list_of(value) %}{{ return(adapter.dispatch('list_of')(value)) }}{% endmacro %}

{% macro duckdb__list_of(value) -%}[({{ value }})::bigint]{%- endmacro %}

{% macro spark__list_of(value) -%}array(cast({{ value }} as bigint)){%- endmacro %}

{# Writes a table as Parquet files into a folder with its name; Spark does this itself. #}
{% macro write_parquet(table) %}{{ return(adapter.dispatch('write_parquet')(table)) }}{% endmacro %}

{% macro duckdb__write_parquet(table) -%}
copy {{ table }} to '{{ env_var("DEBR_DATA") }}/tables/{{ table.identifier }}' (
  format parquet, compression zstd, overwrite true,
  {% if config.get('meta').partition -%}
  partition_by ({{ config.get('meta').partition }})
  {%- else -%}
  per_thread_output true
  {%- endif %}
)
{%- endmacro %}

{% macro spark__write_parquet(table) %}{% endmacro %}
