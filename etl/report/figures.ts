// The figures of the report. Each is a plot with a sentence about it and a table of its numbers.
import type { PastRun } from "../load/dataset/mod.ts";
import { lyingBars, pyramid, standingBars } from "./draw.ts";
import { AGE_SPAN, FEWEST, type Groups, type Guarded } from "./groups.ts";
import { number, peopleCount, plural } from "../common/counts.ts";
import { type Html, html, percent, tableOf } from "./html.ts";
import type { Frequency } from "./profile.ts";

interface Figure {
  readonly id: string;
  readonly title: string;
  readonly says: string;
  /** `undefined` where there is nothing to draw. */
  readonly plot: Html | undefined;
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

const sum = (groups: readonly { readonly count: number }[]) =>
  groups.reduce((total, { count }) => total + count, 0);

const asBars = (groups: readonly Frequency[]) =>
  groups.map(({ value, count }) => ({ label: value, value: count }));

function figure(
  what: Omit<Figure, "plot">,
  draw: (label: string) => Html,
): Figure {
  const plot = what.rows.length === 0 ? undefined : draw(`${what.title}. ${what.says}`);
  return { ...what, plot };
}

const rowsOf = (groups: readonly Frequency[]) =>
  groups.map(({ value, count }) => [value, number(count)]);

function without({ left }: Guarded<unknown>): string {
  if (left === 0) return "";
  return ` Left out: ${peopleCount(left)} in groups of fewer than ${FEWEST}.`;
}

function countries({ countries }: Groups): Figure {
  const [most, least] = [countries[0], countries.at(-1)];
  const says = most === undefined || least === undefined
    ? "No people."
    : most === least
    ? `Everybody is in ${most.value}.`
    : `${number(countries.length)} countries, from ${peopleCount(most.count)} in ${most.value} ` +
      `to ${number(least.count)} in ${least.value}.`;
  return figure({
    id: "countries",
    title: "People by country",
    says,
    head: ["Country", "People"],
    rows: rowsOf(countries),
  }, (label) => lyingBars(asBars(countries), { label, labelWidth: 104 }));
}

function ages({ ages }: Groups): Figure {
  const starts = [...new Set(ages.groups.map(({ from }) => from))].sort((a, b) => a - b);
  const count = (from: number, gender: string) =>
    ages.groups.find((group) => group.from === from && group.gender === gender)?.count ?? 0;
  const spans = starts.map((from) => ({
    label: `${from}–${from + AGE_SPAN - 1}`,
    left: count(from, "female"),
    right: count(from, "male"),
  }));
  const women = spans.reduce((total, { left }) => total + left, 0);
  const all = sum(ages.groups);
  const says = all === 0
    ? "Too few people to show." + without(ages)
    : `Ages today; ${percent(women / all)} are women. Ages are not stored: they are ` +
      `computed from the dates of birth.${without(ages)}`;
  return figure({
    id: "ages",
    title: "Ages by gender",
    says,
    head: ["Age", "Women", "Men"],
    rows: spans.map(({ label, left, right }) => [label, number(left), number(right)]),
  }, (label) => pyramid(spans, { label, left: "women", right: "men" }));
}

function registrations({ registrations }: Groups): Figure {
  const { groups } = registrations;
  const years = groups.map(({ value }) => value);
  const says = groups.length === 0
    ? "Too few people to show." + without(registrations)
    : groups.length === 1
    ? `All in ${years[0]}.${without(registrations)}`
    : `By year, from ${years[0]} to ${years.at(-1)}; ` +
      `${number(Math.round(sum(groups) / groups.length))} a year on average.` +
      without(registrations);
  return figure({
    id: "registrations",
    title: "Registrations over time",
    says,
    head: ["Year", "People"],
    rows: rowsOf(groups),
  }, (label) => standingBars(asBars(groups), { label }));
}

const TICK_OFFSETS = ["−12", "−8", "−4", "0", "+4", "+6", "+9", "+12"];

/** Formats an offset, such as `−3:30` or `+6`. */
function signed(offset: string): string {
  return offset.replace("-", "−").replace(/:00$/, "");
}

function zones({ zones }: Groups): Figure {
  const most = zones.toSorted((a, b) => b.count - a.count)[0];
  const says = most === undefined
    ? "No people."
    : `${plural(zones.length, "time zone")} by hours from UTC; most people, ` +
      `${number(most.count)}, are at ${signed(most.offset)}. Zones are unrelated to countries.`;
  return figure(
    {
      id: "zones",
      title: "Time zones",
      says,
      head: ["Offset", "Places", "People"],
      rows: zones.map(({ offset, places, count }) => [offset, places, number(count)]),
    },
    (label) =>
      standingBars(zones.map(({ offset, count }) => ({ label: signed(offset), value: count })), {
        label,
        ticks: TICK_OFFSETS,
      }),
  );
}

const MOST_KINDS = 13;

function postcodes({ postcodes }: Groups): Figure {
  const groups = postcodes.groups.map(({ value, count }) => ({ value: value || "empty", count }));
  const rest = groups.slice(MOST_KINDS);
  const shown = rest.length === 0
    ? groups
    : [...groups.slice(0, MOST_KINDS), { value: "others", count: sum(rest) }];
  const letters = sum(groups.filter(({ value }) => /x/i.test(value)));
  const says = groups.length === 0
    ? "Too few people to show." + without(postcodes)
    : `${plural(groups.length, "kind")}: 9 is a digit, X a letter. ` +
      `${percent(letters / sum(groups))} contain letters.${without(postcodes)}`;
  return figure({
    id: "postcodes",
    title: "Postcodes by kind",
    says,
    head: ["Kind", "People"],
    rows: rowsOf(groups),
  }, (label) => lyingBars(asBars(shown), { label, labelWidth: 92, mono: true }));
}

const MOST_RUNS = 24;

function runs(past: readonly PastRun[]): Figure {
  const last = past.slice(-MOST_RUNS);
  const [first, latest] = [last[0], last.at(-1)];
  const says = first === undefined || latest === undefined
    ? "No run of extract has written these tables yet, or they were copied from elsewhere."
    : last.length === 1
    ? `One run so far: ${peopleCount(latest.rows.users)} in ${latest.seconds.toFixed(1)} s.`
    : `People after each of the last ${last.length} runs: from ${number(first.rows.users)} to ` +
      `${number(latest.rows.users)}. The last took ${latest.seconds.toFixed(1)} s.`;
  const bars = last.map(({ rows }, at) => ({
    label: String(past.length - last.length + at + 1),
    value: rows.users,
  }));
  return figure(
    {
      id: "runs",
      title: "Growth over the last runs",
      says,
      head: ["Run", "Ended", "People", "Rejected", "Seconds"],
      rows: last.map(({ at, rows, rejected, seconds }, index) => [
        bars[index]?.label ?? "",
        `${at.slice(0, 10)} ${at.slice(11, 16)}`,
        number(rows.users),
        number(rejected),
        seconds.toFixed(1),
      ]),
    },
    (label) => standingBars(bars, { label }),
  );
}

function figureOf({ id, title, says, plot, head, rows }: Figure): Html {
  const numeric = head.map((_, at) => at).slice(1)
    .filter((at) => rows.every((cells) => /^[\d,.]+$/.test(String(cells[at]))));
  const numbers = rows.length === 0
    ? undefined
    : html`<details><summary>The numbers</summary>${
      tableOf({ caption: title, head, rows, numeric, className: "small" })
    }</details>`;
  return html`
    <figure class="card" id="figure-${id}" aria-labelledby="figure-${id}-title">
    <figcaption><h3 id="figure-${id}-title">${title}</h3><p>${says}</p></figcaption>
    ${plot}
    ${numbers}
    </figure>
  `;
}

export function figuresSection(groups: Groups, past: readonly PastRun[]): Html {
  const figures = [
    ...[countries(groups), ages(groups), registrations(groups)],
    ...[zones(groups), postcodes(groups), runs(past)],
  ];
  return html`<div class="figures">
${figures.map(figureOf)}</div>`;
}
