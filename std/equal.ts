/**
 * The deep equality of `@std/assert`: by value, but functions by identity.
 *
 * @module
 */

type Keyed = Set<unknown> | Map<unknown, unknown>;
type Tree = Record<PropertyKey, unknown>;
type Pairs = Map<object, object>;

const TypedArray = Object.getPrototypeOf(Uint8Array);
// deno-lint-ignore no-explicit-any
const { Temporal = {} } = globalThis as any;

/** Prototypes of the classes whose text holds the whole value. */
const TEXTUAL: ReadonlySet<unknown> = new Set(
  [RegExp, URL, URLSearchParams, Intl.Locale, ...Reflect.ownKeys(Temporal).map((k) => Temporal[k])]
    .map((type) => type.prototype),
);

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** The prototype; an object without one counts as a plain object. */
function prototypeOf(value: object): object {
  return Object.getPrototypeOf(value) ?? Object.prototype;
}

function isPlain(value: object): boolean {
  const prototype = prototypeOf(value);
  return prototype === Object.prototype || prototype === Array.prototype;
}

/** All keys of an object and its prototypes, except those of every object. */
function keysOf(value: object): PropertyKey[] {
  if (value === Object.prototype || value === Array.prototype) return [];
  const parent = Object.getPrototypeOf(value);
  return [...Reflect.ownKeys(value), ...parent === null ? [] : keysOf(parent)];
}

function elementsOf(value: object): ArrayLike<unknown> | undefined {
  if (value instanceof TypedArray) return value as Uint8Array;
  const isBuffer = value instanceof ArrayBuffer || value instanceof SharedArrayBuffer;
  return isBuffer ? new Uint8Array(value) : undefined;
}

function sameElements(a: ArrayLike<unknown>, b: ArrayLike<unknown>): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) {
    if (a[at] !== b[at] && !Object.is(a[at], b[at])) return false;
  }
  return true;
}

function sameMembers(a: Keyed, b: Keyed, pairs: Pairs): boolean {
  if (a.size !== b.size) return false;
  const keys = [...a.keys()];
  if (keys.some((key) => Object(key) === key)) {
    return [...a].every((one) => [...b].some((other) => compare(one, other, pairs)));
  }
  const sameValue = (key: unknown) =>
    a instanceof Set || b instanceof Set || compare(a.get(key), b.get(key), pairs);
  return keys.every((key) => b.has(key) && sameValue(key));
}

function sameProperties(a: object, b: object, pairs: Pairs): boolean {
  const keys = isPlain(a) ? Reflect.ownKeys({ ...a, ...b }) : [...keysOf(a), ...keysOf(b)];
  return keys.every((key) =>
    key in a === key in b && compare((a as Tree)[key], (b as Tree)[key], pairs)
  );
}

/** Compares two objects; `pairs` holds those under comparison, which may contain themselves. */
function compareObjects(a: object, b: object, pairs: Pairs): boolean {
  if (a instanceof Date && b instanceof Date) return Object.is(a.getTime(), b.getTime());
  if (prototypeOf(a) !== prototypeOf(b)) return false;
  const [left, right] = [elementsOf(a), elementsOf(b)];
  if (left !== undefined && right !== undefined) return sameElements(left, right);
  if (a instanceof WeakMap || a instanceof WeakSet) {
    throw new TypeError(`Cannot compare ${a.constructor.name} instances`);
  }
  if (a instanceof WeakRef) return compare(a.deref(), (b as typeof a).deref(), pairs);
  if (pairs.get(a) === b) return true;
  if (Object.keys(a).length !== Object.keys(b).length) return false;
  pairs.set(a, b);
  if (a instanceof Set || a instanceof Map) return sameMembers(a, b as Keyed, pairs);
  return TEXTUAL.has(Object.getPrototypeOf(a))
    ? String(a) === String(b)
    : sameProperties(a, b, pairs);
}

function compare(a: unknown, b: unknown, pairs: Pairs): boolean {
  if (a === b || Object.is(a, b)) return true;
  return isObject(a) && isObject(b) && compareObjects(a, b, pairs);
}

/**
 * Returns whether two values are deeply equal; 0 equals -0, and NaN equals NaN. Throws a `TypeError`
 * for a `WeakMap` or `WeakSet`.
 */
export function equal(a: unknown, b: unknown): boolean {
  return compare(a, b, new Map());
}
