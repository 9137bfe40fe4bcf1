{# The ids and the rank that debr makes of values: etl/transform/normalise/identity.ts in SQL. #}

{# Values joined by U+001F, which no value can hold. #}
{% macro joined(values) -%}
concat_ws(chr(31), {{ values | join(', ') }})
{%- endmacro %}

{# A code for a time zone or a portrait. #}
{% macro code_of(values) -%}
substr({{ sha256_hex(joined(values)) }}, 1, 16)
{%- endmacro %}

{# A UUID of version 8 out of a SHA-256: the digits of version and variant give way. #}
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

{# The product of two numbers below 2^32, modulo 2^32, without leaving 64 bits. #}
{% macro imul(a, b) -%}
(((((({{ a }}) >> 16) * {{ b }}) % 65536) * 65536 + (({{ a }}) & 65535) * {{ b }}) % 4294967296)
{%- endmacro %}

{# One of the two halves of a rank: folds the units of the texts, each text followed by its length. #}
{% macro rank_half(units, start, unit_factor, end_factor, shift) -%}
{%- set unit = imul(bit_xor('acc', 'x'), unit_factor) -%}
{%- set end = imul(bit_xor(bit_xor('acc', 'acc >> ' ~ shift), 'x - 65536'), end_factor) -%}
{{ fold(units, start, 'case when x < 65536 then ' ~ unit ~ ' else ' ~ end ~ ' end') }}
{%- endmacro %}

{# The rank of a copy of a person: of several the lowest is kept. Lengths stand as 65536 and more. #}
{% macro copy_units(texts) -%}
{%- set lists = [] -%}
{%- for text in texts -%}
{%- do lists.append(utf16_units(text)) -%}
{%- do lists.append(list_of('65536 + ' ~ utf16_length(text))) -%}
{%- endfor -%}
{{ join_lists(lists) }}
{%- endmacro %}

{# How many UTF-16 units a text has. #}
{% macro utf16_length(text) %}{{ return(adapter.dispatch('utf16_length')(text)) }}{% endmacro %}

{% macro duckdb__utf16_length(text) -%}len({{ utf16_units(text) }}){%- endmacro %}

{% macro spark__utf16_length(text) -%}size({{ utf16_units(text) }}){%- endmacro %}
