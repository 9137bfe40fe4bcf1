// Finds people inside JSON that wraps them: the response of a proxy, a database of json-server.

const DEEPEST = 4;

const MOST_PATHS = 5;

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** Whether a value looks like a person: it has a name and a nationality, and no results. */
export function isPerson(value: unknown): boolean {
  return isObject(value) && "name" in value && "nat" in value && !("results" in value);
}

type Holds = (value: unknown) => boolean;

function holdsPeople(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  const [first] = value;
  return isPerson(first) || isObject(first) && Array.isArray(first["results"]);
}

function* pathsTo(
  value: unknown,
  { holds, path = [] }: { holds: Holds; path?: readonly string[] },
): Generator<string, void> {
  if (path.length > 0 && holds(value)) yield path.join(".");
  else if (isObject(value) && path.length < DEEPEST) {
    for (const [key, inner] of Object.entries(value)) {
      yield* pathsTo(inner, { holds, path: [...path, key] });
    }
  }
}

/** Some dotted paths to lists of people, or to single people if there are no lists. */
export function pathsOfPeople(value: unknown): string[] {
  const lists = [...pathsTo(value, { holds: holdsPeople }).take(MOST_PATHS)];
  return lists.length > 0 ? lists : [...pathsTo(value, { holds: isPerson }).take(MOST_PATHS)];
}

export function valueAt(value: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>(
    (inner, key) => isObject(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined,
    value,
  );
}
