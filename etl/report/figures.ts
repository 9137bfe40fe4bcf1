import { number, peopleCount, plural } from "../common/counts.ts";
import type { PastRun } from "../load/dataset/mod.ts";
import { lyingBars, pyramid, standingBars } from "./draw.ts";
import { AGE_SPAN, FEWEST, type Groups } from "./facts.ts";
import { type Html, html, percent, tableOf } from "./html.ts";
import type { Frequency } from "./profile.ts";

interface Figure {
  readonly id: string;
  readonly title: string;
  readonly says: () => string;
  readonly empty?: string;
  /** The number of people in groups that are too small to show. */
  readonly left?: number;
  readonly draw: (label: string) => Html;
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

const sum = (groups: readonly { readonly count: number }[]) =>
  groups.reduce((total, { count }) => total + count, 0);

const rowsOf = (groups: readonly Frequency[]) =>
  groups.map(({ value, count }) => [value, number(count)]);

function countries({ countries }: Groups): Figure {
  const [most, least] = [countries[0]!, countries.at(-1)!];
  return {
    id: "countries",
    title: "People by country",
    says: () =>
      countries.length === 1
        ? `Everybody is in ${most.value}.`
        : `${number(countries.length)} countries, from ${peopleCount(most.count)} in ` +
          `${most.value} to ${number(least.count)} in ${least.value}.`,
    head: ["Country", "People"],
    rows: rowsOf(countries),
    draw: (label) => lyingBars(countries, { label, labelWidth: 104 }),
  };
}

function ages({ ages: { groups, left } }: Groups): Figure {
  const spans = [...Map.groupBy(groups, ({ from }) => from)].map(([from, some]) => {
    const count = (gender: string) => sum(some.filter((group) => group.gender === gender));
    const label = `${from}–${from + AGE_SPAN - 1}`;
    return { label, left: count("female"), right: count("male") };
  });
  const women = sum(groups.filter(({ gender }) => gender === "female"));
  return {
    id: "ages",
    title: "Ages by gender",
    says: () =>
      `Ages today; ${percent(women / sum(groups))} are women. Ages are not stored: they are ` +
      "computed from the dates of birth.",
    left,
    head: ["Age", "Women", "Men"],
    rows: spans.map(({ label, left, right }) => [label, number(left), number(right)]),
    draw: (label) => pyramid(spans, { label, left: "women", right: "men" }),
  };
}

function registrations({ registrations: { groups, left } }: Groups): Figure {
  const [first, last] = [groups[0]!, groups.at(-1)!];
  return {
    id: "registrations",
    title: "Registrations over time",
    says: () =>
      groups.length === 1
        ? `All in ${first.value}.`
        : `By year, from ${first.value} to ${last.value}; ` +
          `${number(Math.round(sum(groups) / groups.length))} a year on average.`,
    left,
    head: ["Year", "People"],
    rows: rowsOf(groups),
    draw: (label) => standingBars(groups, { label }),
  };
}

const TICK_OFFSETS = ["−12", "−8", "−4", "0", "+4", "+6", "+9", "+12"];

function signed(offset: string): string {
  return offset.replace("-", "−").replace(/:00$/, "");
}

function zones({ zones }: Groups): Figure {
  const most = zones.toSorted((a, b) => b.count - a.count)[0]!;
  const bars = zones.map(({ offset, count }) => ({ value: signed(offset), count }));
  return {
    id: "zones",
    title: "Time zones",
    says: () =>
      `${plural(zones.length, "time zone")} by hours from UTC; most people, ` +
      `${number(most.count)}, are at ${signed(most.offset)}. Zones are unrelated to countries.`,
    head: ["Offset", "Places", "People"],
    rows: zones.map(({ offset, places, count }) => [offset, places, number(count)]),
    draw: (label) => standingBars(bars, { label, ticks: TICK_OFFSETS }),
  };
}

const MOST_KINDS = 13;

function postcodes({ postcodes: { groups: found, left } }: Groups): Figure {
  const groups = found.map(({ value, count }) => ({ value: value || "empty", count }));
  const rest = groups.slice(MOST_KINDS);
  const others = rest.length === 0 ? [] : [{ value: "others", count: sum(rest) }];
  const letters = sum(groups.filter(({ value }) => /x/i.test(value)));
  return {
    id: "postcodes",
    title: "Postcodes by kind",
    says: () =>
      `${plural(groups.length, "kind")}: 9 is a digit, X a letter. ` +
      `${percent(letters / sum(groups))} contain letters.`,
    left,
    head: ["Kind", "People"],
    rows: rowsOf(groups),
    draw: (label) =>
      lyingBars([...groups.slice(0, MOST_KINDS), ...others], { label, labelWidth: 92, mono: true }),
  };
}

const MOST_RUNS = 24;

function runs(past: readonly PastRun[]): Figure {
  const last = past.slice(-MOST_RUNS);
  const [first, latest] = [last[0]!, last.at(-1)!];
  const bars = last.map(({ rows }, at) => ({
    value: String(past.length - last.length + at + 1),
    count: rows.users,
  }));
  return {
    id: "runs",
    title: "Growth over the last runs",
    says: () =>
      last.length === 1
        ? `One run so far: ${peopleCount(latest.rows.users)} in ${latest.seconds.toFixed(1)} s.`
        : `People after each of the last ${last.length} runs: from ` +
          `${number(first.rows.users)} to ${number(latest.rows.users)}. The last took ` +
          `${latest.seconds.toFixed(1)} s.`,
    empty: "No run of extract has written these tables yet, or they were copied from elsewhere.",
    head: ["Run", "Ended", "People", "Rejected", "Seconds"],
    rows: last.map(({ at, rows, rejected, seconds }, index) => [
      bars[index]!.value,
      `${at.slice(0, 10)} ${at.slice(11, 16)}`,
      number(rows.users),
      number(rejected),
      seconds.toFixed(1),
    ]),
    draw: (label) => standingBars(bars, { label }),
  };
}

function figureOf(figure: Figure): Html {
  const { id, title, says, empty = "Too few people to show.", left = 0, draw, head, rows } = figure;
  const leftOut = left > 0
    ? ` Left out: ${peopleCount(left)} in groups of fewer than ${FEWEST}.`
    : "";
  const text = (rows.length === 0 ? empty : says()) + leftOut;
  const numeric = [...head.keys()].slice(1)
    .filter((at) => rows.every((cells) => /^[\d,.]+$/.test(String(cells[at]))));
  const body = () =>
    html`${draw(`${title}. ${text}`)}<details><summary>The numbers</summary>${
      tableOf({ caption: title, head, rows, numeric, className: "small" })
    }</details>`;
  return html`
    <figure class="card" id="figure-${id}" aria-labelledby="figure-${id}-title">
    <figcaption><h3 id="figure-${id}-title">${title}</h3><p>${text}</p></figcaption>
    ${rows.length === 0 ? undefined : body()}
    </figure>
  `;
}

export function figuresSection(groups: Groups, past: readonly PastRun[]): Html {
  const ofPeople = [countries, ages, registrations, zones, postcodes].map((make) => make(groups));
  return html`<div class="figures">
${[...ofPeople, runs(past)].map(figureOf)}</div>`;
}
