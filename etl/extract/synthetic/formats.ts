import type { Nationality } from "../../../schema/mod.ts";
import { type Make, oneOf, type Random } from "./random.ts";

interface Birth {
  readonly female: boolean;
  /** `YYYY-MM-DD…` */
  readonly date: string;
}

type Dated = (birth: Birth, random: Random) => string;

type MakeId = (random: Random, birth: Birth) => string;

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

function dated(name: string, ...parts: readonly (string | Dated)[]): MakeId {
  const makes = parts.map((part): Dated => {
    if (typeof part !== "string") return part;
    const make = oneOf(part);
    return (_, random) => make(random);
  });
  return (random, birth) => {
    const value = makes.map((make) => make(birth, random)).join("");
    return `{"name":"${name}","value":"${value}"}`;
  };
}

/** The API counts years from 1900, so people born from 2000 on have three digits. */
const since1900 = ({ date }: Birth) => String(Number(date.slice(0, 4)) - 1900);
const dayMonth = ({ date }: Birth) => date.slice(8, 10) + date.slice(5, 7);
/** The API counts these months from 0. */
const month = ({ date }: Birth) => String(Number(date.slice(5, 7)) - 1).padStart(2, "0");
const sex = ({ female }: Birth) => female ? "2" : "1";
const year = ({ date }: Birth) => date.slice(2, 4);

const GB_PHONE = [
  ...Array<string>(9).fill("01[123456789]### #####"),
  "01#### ####",
  "0169## ####",
  "0[28]## #### ####",
  "015### #####",
  "01### ######",
];
const SWISS = "07[56789] ### ## ##";

type Row = readonly [phone: string | Make, cell: string, postcode: Make, id: MakeId];

/** The formats by nationality: patterns of {@link oneOf}, or functions. */
const ROWS: Readonly<Record<Nationality, Row>> = {
  AU: ["0#-####-####", "04##-###-###", number(200, 9999), id("TFN", "#########")],
  BR: ["(##) ####-####", "(##) ####-####", ZIP, id("CPF", "###.###.###-##")],
  CA: ["@## @##-####", "@## @##-####", text("@#@ #@#"), id("SIN", "#########")],
  CH: [SWISS, SWISS, number(1000, 9999), id("AVS", "756.####.####.##")],
  DE: [
    "0###-#######",
    "017#-#######",
    ZIP,
    dated("SVNR", "[123456789]# ", dayMonth, since1900, " @ ###"),
  ],
  DK: ["########", "########", ZIP, dated("CPR", dayMonth, since1900, "-####")],
  ES: ["9##-###-###", "6##-###-###", ZIP, id("DNI", "########-@")],
  FI: ["0#-###-###", "04#-###-##-##", ZIP, id("HETU", "NaNNA###undefined")],
  FR: [
    "0[12345]-##-##-##-##",
    "06-##-##-##-##",
    ZIP,
    dated("INSEE", sex, since1900, month, "######## ##"),
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
  NO: ["[235678]#######", "[49]#######", text("####"), dated("FN", dayMonth, year, "#####")],
  NZ: ["(###)-###-####", "(###)-###-####", ZIP, NO_ID],
  RS: ["0##-####-###", "06#-####-###", ZIP, id("SID", "#########")],
  TR: ["(###)-###-####", "(###)-###-####", ZIP, NO_ID],
  UA: ["(06[678]) @##-####", "(09[679]) @##-####", ZIP, NO_ID],
  US: ["(###) ###-####", "(###) ###-####", ZIP, id("SSN", "###-##-####")],
};

/** Makes the values of a nationality; `postcode` and `id` as JSON. */
export function formatOf(nat: Nationality) {
  const [phone, cell, postcode, id] = ROWS[nat];
  return {
    phone: typeof phone === "string" ? oneOf(phone) : phone,
    cell: oneOf(cell),
    postcode,
    id,
  };
}
