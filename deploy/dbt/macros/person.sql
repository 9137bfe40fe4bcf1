{# Generated from schema/ by: deno task docs #}

{# The version of the rules that each verdict must have. #}
{% macro schema_version() %}{{ return('ddfaf814aed0d443') }}{% endmacro %}

{# The fields of a person. #}
{% macro person_fields() %}{{ return([
  'gender',
  'name.title',
  'name.first',
  'name.last',
  'location.street.number',
  'location.street.name',
  'location.city',
  'location.state',
  'location.country',
  'location.postcode',
  'location.coordinates.latitude',
  'location.coordinates.longitude',
  'location.timezone.offset',
  'location.timezone.description',
  'email',
  'login.uuid',
  'login.username',
  'login.sha256',
  'dob.date',
  'registered.date',
  'phone',
  'cell',
  'id.name',
  'id.value',
  'picture.large',
  'picture.medium',
  'picture.thumbnail',
  'nat',
]) }}{% endmacro %}

{# The column of each field. #}
{% macro columns_of_fields() %}{{ return({
  'gender': 'gender',
  'name.title': 'title',
  'name.first': 'first_name',
  'name.last': 'last_name',
  'location.street.number': 'street_number',
  'location.street.name': 'street_name',
  'location.city': 'city',
  'location.state': 'state',
  'location.country': 'country_name',
  'location.postcode': 'postcode',
  'location.coordinates.latitude': 'latitude',
  'location.coordinates.longitude': 'longitude',
  'location.timezone.offset': 'utc_offset',
  'location.timezone.description': 'description',
  'email': 'email',
  'login.uuid': 'login_external_uuid',
  'login.username': 'username',
  'login.sha256': 'sha256',
  'dob.date': 'date_of_birth',
  'registered.date': 'registered_at',
  'phone': 'phone',
  'cell': 'cell',
  'id.name': 'altid_name',
  'id.value': 'altid_value',
  'picture.large': 'large_url',
  'picture.medium': 'medium_url',
  'picture.thumbnail': 'thumbnail_url',
  'nat': 'country_code',
}) }}{% endmacro %}

{# The columns that may not hold a negative zero. #}
{% macro decimal_columns() %}{{ return([
  'latitude',
  'longitude',
]) }}{% endmacro %}

{# The columns that user_id hashes, in this order. #}
{% macro identity_columns() %}{{ return([
  'gender',
  'title',
  'first_name',
  'last_name',
  'email',
  'phone',
  'cell',
  'date_of_birth',
  'registered_at',
  'street_number',
  'street_name',
  'city',
  'state',
  'postcode',
  'latitude',
  'longitude',
  'country_name',
  'utc_offset',
  'description',
  'large_url',
  'medium_url',
  'thumbnail_url',
]) }}{% endmacro %}

{# The type of a person in Spark. #}
{% macro person_struct() %}{{ return('gender string, name struct<title: string, first: string, last: string>, location struct<street: struct<number: string, name: string>, city: string, state: string, country: string, postcode: string, coordinates: struct<latitude: string, longitude: string>, timezone: struct<offset: string, description: string>>, email string, login struct<uuid: string, username: string, sha256: string>, dob struct<date: string>, registered struct<date: string>, phone string, cell string, id struct<name: string, value: string>, picture struct<large: string, medium: string, thumbnail: string>, nat string') }}{% endmacro %}
