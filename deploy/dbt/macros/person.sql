{# Generated from schema/ by: deno task docs #}

{# The versions of the API that are read. #}
{% macro api_versions() %}{{ return([
  '1.3',
  '1.4',
]) }}{% endmacro %}

{# What a person's JSON matches as a whole, in the dialect that RE2 and Java share. #}
{% macro person_pattern(version) %}
{% if version == '1.3' %}{% set lines %}{% raw %}
\{"gender":"(?:female|male)"
,"name":
\{"title":"[^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*"
,"first":"[^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*"
,"last":"[^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*"\}
,"location":
\{"street":
\{"number":(?:-(?:0|[1-9]\d{0,8}|[1-1]\d{9}|2[0-0]\d{8}|21[0-3]\d{7}|214[0-6]\d{6}|2147[0-3]\d{5}|21474[0-7]\d{4}|214748[0-2]\d{3}|2147483[0-5]\d{2}|21474836[0-3]\d{1}|214748364[0-7]|2147483648)|(?:0|[1-9]\d{0,8}|[1-1]\d{9}|2[0-0]\d{8}|21[0-3]\d{7}|214[0-6]\d{6}|2147[0-3]\d{5}|21474[0-7]\d{4}|214748[0-2]\d{3}|2147483[0-5]\d{2}|21474836[0-3]\d{1}|214748364[0-6]|2147483647))
,"name":"[^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*"\}
,"city":"[^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*"
,"state":"[^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*"
,"country":"(?:[^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]|\\["\\])[^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*"
,"postcode":(?:(?:0|[1-9]\d{0,14}|[1-8]\d{15}|900[0-6]\d{12}|9007[0-0]\d{11}|90071[0-8]\d{10}|900719[0-8]\d{9}|9007199[0-1]\d{8}|90071992[0-4]\d{7}|900719925[0-3]\d{6}|9007199254[0-6]\d{5}|90071992547[0-3]\d{4}|9007199254740[0-8]\d{2}|90071992547409[0-8]\d{1}|900719925474099[0-0]|9007199254740991)|"[^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*")
,"coordinates":
\{"latitude":"-?(?:[1-8]?\d\.\d{4}|90\.0{4})"
,"longitude":"-?(?:(?:[1-9]?\d|1[0-7]\d)\.\d{4}|180\.0{4})"\}
,"timezone":
\{"offset":"[+-]?(?:\d|1[0-4]):[0-5]\d"
,"description":"[^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*"\}\}
,"email":"(?:[^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}@\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]|\\["\\])[^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}@\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}@\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*@(?:[^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}@\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]|\\["\\])[^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}@\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}@\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*"
,"login":
\{"uuid":"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
,"username":"[^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*"
,"sha256":"[0-9a-f]{64}"\}
,"dob":
\{"date":"(?:\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|\d{4}-(?:0[13-9]|1[0-2])-(?:29|30)|\d{4}-(?:0[13578]|1[02])-31|(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z"\}
,"registered":
\{"date":"(?:\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|\d{4}-(?:0[13-9]|1[0-2])-(?:29|30)|\d{4}-(?:0[13578]|1[02])-31|(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z"\}
,"phone":"[^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*"
,"cell":"[^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*"
,"id":\{(?:"name":""
,"value":null|"name":"(?:[^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]|\\["\\])[^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*"
,"value":"[^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*")\}
,"picture":
\{"large":"https?://(?:[^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}/\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]|\\["\\])[^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}/\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}/\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*/[^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*"
,"medium":"https?://(?:[^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}/\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]|\\["\\])[^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}/\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}/\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*/[^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*"
,"thumbnail":"https?://(?:[^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}/\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]|\\["\\])[^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}/\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}/\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*/[^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*"\}
,"nat":"(?:AU|BR|CA|CH|DE|DK|ES|FI|FR|GB|IE|IR|NL|NO|NZ|TR|US)"\}
{% endraw %}{% endset %}{{ return(lines | replace('\n', '')) }}{% endif %}
{% if version == '1.4' %}{% set lines %}{% raw %}
\{"gender":"(?:female|male)"
,"name":
\{"title":"[^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*"
,"first":"[^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*"
,"last":"[^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*"\}
,"location":
\{"street":
\{"number":(?:-(?:0|[1-9]\d{0,8}|[1-1]\d{9}|2[0-0]\d{8}|21[0-3]\d{7}|214[0-6]\d{6}|2147[0-3]\d{5}|21474[0-7]\d{4}|214748[0-2]\d{3}|2147483[0-5]\d{2}|21474836[0-3]\d{1}|214748364[0-7]|2147483648)|(?:0|[1-9]\d{0,8}|[1-1]\d{9}|2[0-0]\d{8}|21[0-3]\d{7}|214[0-6]\d{6}|2147[0-3]\d{5}|21474[0-7]\d{4}|214748[0-2]\d{3}|2147483[0-5]\d{2}|21474836[0-3]\d{1}|214748364[0-6]|2147483647))
,"name":"[^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*"\}
,"city":"[^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*"
,"state":"[^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*"
,"country":"(?:[^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]|\\["\\])[^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*"
,"postcode":(?:(?:0|[1-9]\d{0,14}|[1-8]\d{15}|900[0-6]\d{12}|9007[0-0]\d{11}|90071[0-8]\d{10}|900719[0-8]\d{9}|9007199[0-1]\d{8}|90071992[0-4]\d{7}|900719925[0-3]\d{6}|9007199254[0-6]\d{5}|90071992547[0-3]\d{4}|9007199254740[0-8]\d{2}|90071992547409[0-8]\d{1}|900719925474099[0-0]|9007199254740991)|"[^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*")
,"coordinates":
\{"latitude":"-?(?:[1-8]?\d\.\d{4}|90\.0{4})"
,"longitude":"-?(?:(?:[1-9]?\d|1[0-7]\d)\.\d{4}|180\.0{4})"\}
,"timezone":
\{"offset":"[+-]?(?:\d|1[0-4]):[0-5]\d"
,"description":"[^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*"\}\}
,"email":"(?:[^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}@\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]|\\["\\])[^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}@\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}@\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*@(?:[^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}@\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]|\\["\\])[^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}@\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}@\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*"
,"login":
\{"uuid":"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
,"username":"[^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*"
,"sha256":"[0-9a-f]{64}"\}
,"dob":
\{"date":"(?:\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|\d{4}-(?:0[13-9]|1[0-2])-(?:29|30)|\d{4}-(?:0[13578]|1[02])-31|(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z"\}
,"registered":
\{"date":"(?:\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|\d{4}-(?:0[13-9]|1[0-2])-(?:29|30)|\d{4}-(?:0[13578]|1[02])-31|(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z"\}
,"phone":"[^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*"
,"cell":"[^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*"
,"id":\{(?:"name":""
,"value":null|"name":"(?:[^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]|\\["\\])[^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*"
,"value":"[^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*")\}
,"picture":
\{"large":"https?://(?:[^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}/\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]|\\["\\])[^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}/\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}/\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*/[^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*"
,"medium":"https?://(?:[^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}/\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]|\\["\\])[^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}/\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}/\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*/[^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*"
,"thumbnail":"https?://(?:[^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}/\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]|\\["\\])[^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}/\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}/\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*/[^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*(?:\\["\\][^"\\\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}-\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}\x{0}-\x{1f}\x{7f}-\x{9f}\x{feff}]*)*"\}
,"nat":"(?:AU|BR|CA|CH|DE|DK|ES|FI|FR|GB|IE|IN|IR|MX|NL|NO|NZ|RS|TR|UA|US)"\}
{% endraw %}{% endset %}{{ return(lines | replace('\n', '')) }}{% endif %}
{% endmacro %}

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

{# The columns of the tables by the field that each holds. #}
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

{# The columns that user_id is hashed over, in their order. #}
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

{# Nationalities and the countries they stand for. #}
{% macro countries_of_nationalities() %}{{ return([
  ('AU', 'Australia'),
  ('BR', 'Brazil'),
  ('CA', 'Canada'),
  ('CH', 'Switzerland'),
  ('DE', 'Germany'),
  ('DK', 'Denmark'),
  ('ES', 'Spain'),
  ('FI', 'Finland'),
  ('FR', 'France'),
  ('GB', 'United Kingdom'),
  ('IE', 'Ireland'),
  ('IN', 'India'),
  ('IR', 'Iran'),
  ('MX', 'Mexico'),
  ('NL', 'Netherlands'),
  ('NO', 'Norway'),
  ('NZ', 'New Zealand'),
  ('RS', 'Serbia'),
  ('TR', 'Turkey'),
  ('UA', 'Ukraine'),
  ('US', 'United States'),
]) }}{% endmacro %}
