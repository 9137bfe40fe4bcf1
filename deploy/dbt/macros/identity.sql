{# The ids and ranks of etl/transform/normalise/identity.ts in SQL. #}

{# Joins values with U+001F, which no value can contain. #}
{% macro joined(values) -%}
concat_ws(chr(31), {{ values | join(', ') }})
{%- endmacro %}

{# The code of a time zone or a portrait. #}
{% macro code_of(values) -%}
substr({{ sha256_hex(joined(values)) }}, 1, 16)
{%- endmacro %}

{# A UUID of version 8 from a SHA-256; the digits of version and variant are replaced. #}
{% macro uuid_of(digest) -%}
concat(
  substr({{ digest }}, 1, 8), '-',
  substr({{ digest }}, 9, 4), '-8',
  substr({{ digest }}, 14, 3), '-',
  translate(substr({{ digest }}, 17, 1), '0123456789abcdef', '89ab89ab89ab89ab'),
  substr({{ digest }}, 18, 3), '-',
  substr({{ digest }}, 21, 12)
)
{%- endmacro %}

{# The product of two numbers below 2^32, modulo 2^32, computed within 64 bits. #}
{% macro imul(a, b) -%}
(((((({{ a }}) >> 16) * {{ b }}) % 65536) * 65536 + (({{ a }}) & 65535) * {{ b }}) % 4294967296)
{%- endmacro %}

{# One half of a rank: folds the units of the texts; each text is followed by its length. #}
{% macro rank_half(units, start, unit_factor, end_factor, shift) -%}
{%- set unit = imul(bit_xor('acc', 'x'), unit_factor) -%}
{%- set end = imul(bit_xor(bit_xor('acc', 'acc >> ' ~ shift), 'x - 65536'), end_factor) -%}
{{ fold(units, start, 'case when x < 65536 then ' ~ unit ~ ' else ' ~ end ~ ' end') }}
{%- endmacro %}

{# The numbers that make the rank of a copy: the units of each text, then its length plus 65536. #}
{% macro copy_units(texts) -%}
{%- set lists = [] -%}
{%- for text in texts -%}
{%- do lists.append(utf16_units(text)) -%}
{%- do lists.append(list_of('65536 + ' ~ utf16_length(text))) -%}
{%- endfor -%}
{{ join_lists(lists) }}
{%- endmacro %}

{# The number of UTF-16 units in a text. #}
{% macro utf16_length(text) %}{{ return(adapter.dispatch('utf16_length')(text)) }}{% endmacro %}

{% macro duckdb__utf16_length(text) -%}len({{ utf16_units(text) }}){%- endmacro %}

{% macro spark__utf16_length(text) -%}size({{ utf16_units(text) }}){%- endmacro %}
