/**
 * The forms of telephone numbers, postcodes and alternative ids, by nationality.
 *
 * @module
 */
import type { Nationality } from "../../../schema/mod.ts";
import { type Make, oneOf } from "./pattern.ts";
import type { Random } from "./random.ts";

/** For ids that contain the birth; months count from 1. */
interface Birth {
  readonly female: boolean;
  readonly year: number;
  readonly month: number;
  readonly day: number;
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

const two = (value: number) => value < 10 ? `0${value}` : String(value);
/** The API counts years from 1900, so people born from 2000 on have three digits. */
const since1900 = ({ year }: Birth) => String(year - 1900);
const dayMonth = ({ day, month }: Birth) => two(day) + two(month);

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

export const FORMATS: Readonly<Record<Nationality, Format>> = {
  AU: {
    phone: oneOf("0#-####-####"),
    cell: oneOf("04##-###-###"),
    postcode: number(200, 9999),
    id: id("TFN", "#########"),
  },
  BR: {
    phone: oneOf("(##) ####-####"),
    cell: oneOf("(##) ####-####"),
    postcode: ZIP,
    id: id("CPF", "###.###.###-##"),
  },
  CA: {
    phone: oneOf("@## @##-####"),
    cell: oneOf("@## @##-####"),
    postcode: text("@#@ #@#"),
    id: id("SIN", "#########"),
  },
  CH: {
    phone: oneOf("07[56789] ### ## ##"),
    cell: oneOf("07[56789] ### ## ##"),
    postcode: number(1000, 9999),
    id: id("AVS", "756.####.####.##"),
  },
  DE: {
    phone: oneOf("0###-#######"),
    cell: oneOf("017#-#######"),
    postcode: ZIP,
    id: dated(
      "SVNR",
      (birth, random) => SVNR[0](random) + dayMonth(birth) + since1900(birth) + SVNR[1](random),
    ),
  },
  DK: {
    phone: oneOf("########"),
    cell: oneOf("########"),
    postcode: ZIP,
    id: dated("CPR", (birth, random) => dayMonth(birth) + since1900(birth) + CPR(random)),
  },
  ES: {
    phone: oneOf("9##-###-###"),
    cell: oneOf("6##-###-###"),
    postcode: ZIP,
    id: id("DNI", "########-@"),
  },
  FI: {
    phone: oneOf("0#-###-###"),
    cell: oneOf("04#-###-##-##"),
    postcode: ZIP,
    id: id("HETU", "NaNNA###undefined"),
  },
  FR: {
    phone: oneOf("0[12345]-##-##-##-##"),
    cell: oneOf("06-##-##-##-##"),
    postcode: ZIP,
    id: dated(
      "INSEE",
      (birth, random) =>
        (birth.female ? "2" : "1") + since1900(birth) + two(birth.month - 1) + INSEE(random),
    ),
  },
  GB: {
    phone: oneOf(...GB_PHONE),
    cell: oneOf("07### ######"),
    postcode: text("@@#@ #@@", "@## #@@", "@#@ #@@", "@@## #@@", "@# #@@", "@@# #@@"),
    id: id("NINO", "@@ ## ## ## @"),
  },
  IE: {
    phone: oneOf("0##-###-####"),
    cell: oneOf("081-###-####"),
    postcode: ZIP,
    id: id("PPS", "#######@"),
  },
  IN: {
    phone: oneOf("[789]#########"),
    cell: oneOf("[789]#########"),
    postcode: ZIP,
    id: id("UIDAI", "############"),
  },
  IR: {
    phone: oneOf("0##-########"),
    cell: oneOf("09##-###-####"),
    postcode: ZIP,
    id: NO_ID,
  },
  MX: {
    phone: oneOf("(6##) ### ####"),
    cell: oneOf("(6##) ### ####"),
    postcode: ZIP,
    id: id("NSS", "## ## ## #### #"),
  },
  NL: {
    phone: oneOf("(0##) #######", "(0###) ######"),
    cell: oneOf("(06) ########"),
    postcode: text("[123456789]### @@"),
    id: id("BSN", "########"),
  },
  NO: {
    phone: oneOf("[235678]#######"),
    cell: oneOf("[49]#######"),
    postcode: text("####"),
    id: dated("FN", (birth, random) => dayMonth(birth) + two(birth.year % 100) + FN(random)),
  },
  NZ: {
    phone: oneOf("(###)-###-####"),
    cell: oneOf("(###)-###-####"),
    postcode: ZIP,
    id: NO_ID,
  },
  RS: {
    phone: oneOf("0##-####-###"),
    cell: oneOf("06#-####-###"),
    postcode: ZIP,
    id: id("SID", "#########"),
  },
  TR: {
    phone: oneOf("(###)-###-####"),
    cell: oneOf("(###)-###-####"),
    postcode: ZIP,
    id: NO_ID,
  },
  UA: {
    phone: oneOf("(06[678]) @##-####"),
    cell: oneOf("(09[679]) @##-####"),
    postcode: ZIP,
    id: NO_ID,
  },
  US: {
    phone: oneOf("(###) ###-####"),
    cell: oneOf("(###) ###-####"),
    postcode: ZIP,
    id: id("SSN", "###-##-####"),
  },
};
