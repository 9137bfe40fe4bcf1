// Throws on rules without a byte form, so that validation is never weaker.
import { type ApiVersion, PERSON } from "../../../../schema/mod.ts";
import { encodeUtf8 } from "../../../common/utf8.ts";
import { type Automaton, compile } from "./automaton.ts";
import { fieldAt, fieldsOf, type PersonFields } from "../fields.ts";
import {
  choicesOf,
  type Metadata,
  metadataOf,
  type Parts,
  patternOf,
  typeOf,
  wantsText,
} from "../../../../schema/valibot/parts.ts";
import { type Predicate, predicate } from "../predicate.ts";

const ANY = /^[^]*$/u;

function refuse(what: string): never {
  throw new TypeError(`Cannot compile ${what} for bytes: it has no pattern`);
}

function oneOf(options: readonly string[]): RegExp {
  const word = options.find((option) => !/^\w+$/.test(option));
  if (word !== undefined) refuse(`for ${word}`);
  return new RegExp(`^(?:${options.join("|")})$`);
}

/** The patterns of a schema before its actions; `undefined` if it accepts no text. */
function textsOf(schema: Parts): readonly RegExp[] | undefined {
  const type = typeOf(schema);
  if (type === "string") return [];
  if (type === "number") return undefined;
  if (type === "picklist") return [oneOf(choicesOf(schema)!)];
  if (type === "nullable") return patternsOf(schema.wrapped!);
  if (type !== "union") return refuse(type);
  const texts = (schema.options as Parts[]).flatMap((option) => {
    const patterns = patternsOf(option);
    return patterns === undefined ? [] : [patterns];
  });
  return texts.length > 1 ? refuse("one of several texts") : texts[0];
}

function patternsOf(schema: Parts): readonly RegExp[] | undefined {
  const texts = textsOf(schema.pipe?.[0] ?? schema);
  const actions = schema.pipe?.slice(1) ?? [];
  const { exact } = metadataOf(actions);
  if (texts === undefined) return undefined;
  if (exact !== undefined) return [...texts, exact];
  return [
    ...texts,
    ...actions.filter(({ kind }) => kind !== "metadata").map((action) =>
      wantsText(action) ? /^[^]+$/u : patternOf(action) ?? refuse(action.type)
    ),
  ];
}

interface FieldRules {
  /** The automaton of valid texts; `undefined` if no text is valid. */
  readonly text: Automaton | undefined;
  /** The predicate of values that are not text. */
  readonly fits: Predicate;
}

type Check = (person: PersonFields) => boolean;

function togetherCheck(values: Readonly<Record<string, string | null>>, path: string): Check {
  const fields = Object.entries(values).map(([name, value]) => ({
    at: fieldAt(path + name),
    text: value === null ? undefined : encodeUtf8(value),
  }));
  return (person) => {
    let found = 0;
    for (const { at, text } of fields) {
      if (text === undefined ? !person.has(at) : person.is(at, text)) found++;
    }
    return found === 0 || found === fields.length;
  };
}

function pairsCheck({ keys, values, of }: NonNullable<Metadata["pairs"]>, path: string): Check {
  const [key, value] = [fieldAt(path + keys), fieldAt(path + values)];
  const known = Object.entries(of).map((pair) => pair.map(encodeUtf8) as [Uint8Array, Uint8Array]);
  return (person) => {
    for (const [one, other] of known) if (person.is(key, one)) return person.is(value, other);
    return false;
  };
}

function checksOf(schema: Parts, path = ""): readonly Check[] {
  const { pipe = [], entries = {} } = schema;
  if (typeOf(schema) !== "object") refuse(typeOf(schema));
  const { together, pairs } = metadataOf(pipe);
  const own = [
    ...(together ? [togetherCheck(together, path)] : []),
    ...(pairs ? [pairsCheck(pairs, path)] : []),
  ];
  if (own.length !== pipe.filter(({ kind }) => kind === "validation").length) {
    throw new TypeError(
      `Cannot compile all rules of ${path || "a person"}: one has no declarative form`,
    );
  }
  return [
    ...own,
    ...Object.entries(entries).flatMap(([name, entry]) =>
      entry.entries === undefined ? [] : checksOf(entry, `${path}${name}.`)
    ),
  ];
}

export interface PersonRules {
  readonly fields: readonly FieldRules[];
  readonly checks: readonly Check[];
}

/** Compiles a schema; throws a `TypeError` if bytes cannot be checked by it. */
export function rulesOf(schema: Parts): PersonRules {
  const automata = new Map<string, Automaton>();
  const fields = fieldsOf(schema).map(({ schema }) => {
    const patterns = patternsOf(schema);
    const fits = predicate(schema);
    if (patterns === undefined) return { text: undefined, fits };
    const key = patterns.join();
    const text = automata.get(key) ?? compile(patterns.length === 0 ? [ANY] : patterns);
    automata.set(key, text);
    return { text, fits };
  });
  return { fields, checks: checksOf(schema) };
}

const RULES: Partial<Record<ApiVersion, PersonRules>> = {};

/** The rules of a version, compiled at first use because it takes a while. */
export function personRules(version: ApiVersion): PersonRules {
  return RULES[version] ??= rulesOf(PERSON[version]);
}
