// The forms of telephone numbers, postcodes and alternative ids, by nationality.
import type { Nationality } from "../../../schema/mod.ts";
import { type Make, oneOf, type Random } from "./random.ts";

/** A birth, for ids that contain it. */
interface Birth {
  readonly female: boolean;
  /** `YYYY-MM-DD…` */
  readonly date: string;
}

/** The values of one nationality; `postcode` and `id` as JSON. */
export interface Format {
  readonly phone: Make;
  readonly cell: Make;
  readonly postcode: Make;
  readonly id: (random: Random, birth: Birth) => string;
}

const NO_ID = () => `{"name":"","value":null}`;
const ZIP = number(10000, 99999);

function number(least: number, most: number): Make {
  return (random) => String(least + random.below(most - least + 1));
}

function text(...patterns: readonly string[]): Make {
  return oneOf(...patterns.map((pattern) => `"${pattern}"`));
}

function id(name: string, ...patterns: readonly string[]): Make {
  return oneOf(...patterns.map((pattern) => `{"name":"${name}","value":"${pattern}"}`));
}

function dated(name: string, value: (birth: Birth, random: Random) => string): Format["id"] {
  return (random, birth) => `{"name":"${name}","value":"${value(birth, random)}"}`;
}

/** The API counts years from 1900, so people born from 2000 on have three digits. */
const since1900 = ({ date }: Birth) => String(Number(date.slice(0, 4)) - 1900);
const dayMonth = ({ date }: Birth) => date.slice(8, 10) + date.slice(5, 7);
/** The API counts these months from 0. */
const month = ({ date }: Birth) => String(Number(date.slice(5, 7)) - 1).padStart(2, "0");

const GB_PHONE = [
  ...Array<string>(9).fill("01[123456789]### #####"),
  "01#### ####",
  "0169## ####",
  "0[28]## #### ####",
  "015### #####",
  "01### ######",
];
const INSEE = oneOf("######## ##");
const CPR = oneOf("-####");
const FN = oneOf("#####");
const SVNR = [oneOf("[123456789]# "), oneOf(" @ ###")] as const;

type Row = readonly [phone: string | Make, cell: string, postcode: Make, id: Format["id"]];

/** The formats by nationality: patterns of {@link oneOf}, or functions. */
const ROWS: Readonly<Record<Nationality, Row>> = {
  AU: ["0#-####-####", "04##-###-###", number(200, 9999), id("TFN", "#########")],
  BR: ["(##) ####-####", "(##) ####-####", ZIP, id("CPF", "###.###.###-##")],
  CA: ["@## @##-####", "@## @##-####", text("@#@ #@#"), id("SIN", "#########")],
  CH: [
    "07[56789] ### ## ##",
    "07[56789] ### ## ##",
    number(1000, 9999),
    id("AVS", "756.####.####.##"),
  ],
  DE: [
    "0###-#######",
    "017#-#######",
    ZIP,
    dated(
      "SVNR",
      (birth, random) => SVNR[0](random) + dayMonth(birth) + since1900(birth) + SVNR[1](random),
    ),
  ],
  DK: [
    "########",
    "########",
    ZIP,
    dated("CPR", (birth, random) => dayMonth(birth) + since1900(birth) + CPR(random)),
  ],
  ES: ["9##-###-###", "6##-###-###", ZIP, id("DNI", "########-@")],
  FI: ["0#-###-###", "04#-###-##-##", ZIP, id("HETU", "NaNNA###undefined")],
  FR: [
    "0[12345]-##-##-##-##",
    "06-##-##-##-##",
    ZIP,
    dated(
      "INSEE",
      (birth, random) =>
        (birth.female ? "2" : "1") + since1900(birth) + month(birth) + INSEE(random),
    ),
  ],
  GB: [
    oneOf(...GB_PHONE),
    "07### ######",
    text("@@#@ #@@", "@## #@@", "@#@ #@@", "@@## #@@", "@# #@@", "@@# #@@"),
    id("NINO", "@@ ## ## ## @"),
  ],
  IE: ["0##-###-####", "081-###-####", ZIP, id("PPS", "#######@")],
  IN: ["[789]#########", "[789]#########", ZIP, id("UIDAI", "############")],
  IR: ["0##-########", "09##-###-####", ZIP, NO_ID],
  MX: ["(6##) ### ####", "(6##) ### ####", ZIP, id("NSS", "## ## ## #### #")],
  NL: [
    oneOf("(0##) #######", "(0###) ######"),
    "(06) ########",
    text("[123456789]### @@"),
    id("BSN", "########"),
  ],
  NO: [
    "[235678]#######",
    "[49]#######",
    text("####"),
    dated("FN", (birth, random) => dayMonth(birth) + birth.date.slice(2, 4) + FN(random)),
  ],
  NZ: ["(###)-###-####", "(###)-###-####", ZIP, NO_ID],
  RS: ["0##-####-###", "06#-####-###", ZIP, id("SID", "#########")],
  TR: ["(###)-###-####", "(###)-###-####", ZIP, NO_ID],
  UA: ["(06[678]) @##-####", "(09[679]) @##-####", ZIP, NO_ID],
  US: ["(###) ###-####", "(###) ###-####", ZIP, id("SSN", "###-##-####")],
};

export const FORMATS = Object.fromEntries(
  Object.entries(ROWS).map(([nat, [phone, cell, postcode, id]]) => [
    nat,
    { phone: typeof phone === "string" ? oneOf(phone) : phone, cell: oneOf(cell), postcode, id },
  ]),
) as Readonly<Record<Nationality, Format>>;
