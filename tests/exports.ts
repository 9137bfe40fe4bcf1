/**
 * Finds exports that are never imported.
 *
 * @module
 */

/** Contents of files by their path in the project. */
export type Files = ReadonlyMap<string, string>;

const EXPORT =
  /^export (?:default )?(?:declare )?(?:abstract )?(?:async )?(?:const|let|function\*?|class|interface|type|enum) (\w+)/gm;

/** `import { a, type b as c } from`, and the same with `export`. */
const NAMED = /(?:import|export)\s+(?:type\s+)?\{([^}]*)\}\s*from\s*"(\.[^"]+)"/g;
const NAMESPACE = /import\s+(?:type\s+)?\*\s+as\s+(\w+)\s+from\s*"(\.[^"]+)"/g;
/** `export { a, type b as c }`, also with `from`. */
const LISTED = /^export (?:type )?\{([^}]*)\}/gm;
const ALL = /export\s+\*\s+from\s*"(\.[^"]+)"/g;
/** `const { a } = await import("…")`. */
const DYNAMIC_NAMED = /\{([^{}]*)\}\s*=\s*await\s+import\(\s*"(\.[^"]+)"/g;
/** `import("…")).a` or `import("…").a`, and `name = await import("…")` with `name.a`. */
const DYNAMIC_MEMBER = /import\(\s*"(\.[^"]+)",?\s*\)\)?\.(\w+)/g;
const DYNAMIC_NAMESPACE = /(\w+)\s*=\s*await\s+import\(\s*"(\.[^"]+)"/g;
/** Namespaces that are passed on, with all their values. */
const PASSED_ON = /(?:=>|[,[])\s*import\(\s*"(\.[^"]+)"/g;

/** Lists the names of a list, or with `at` -1 the names after `as`. */
function namesOf(list: string, at = 0): string[] {
  return list.split(",").map((item) =>
    item.trim().replace(/^type /, "").split(/\s+as\s+|:/).at(at)!
  )
    .filter((name) => name !== "");
}

/** Lists the exports of a file, without those of `export *`, and whether each is a value. */
function exportsOf(text: string): [string, boolean][] {
  const declared = [...text.matchAll(EXPORT)].map(([line, name]): [string, boolean] => [
    name!,
    !/ (interface|type) /.test(line),
  ]);
  const listed = [...text.matchAll(LISTED)].flatMap(([, list]) => namesOf(list!, -1));
  return [...declared, ...listed.map((name): [string, boolean] => [name, true])];
}

/** Yields each import of a file: the path, and a name or `*` for all. */
function* importsIn(path: string, text: string): Generator<[string, string]> {
  const at = (to: string) => new URL(to, `file:///${path}`).pathname.slice(1);
  for (const [, list, to] of text.matchAll(NAMED)) {
    for (const name of namesOf(list!)) yield [at(to!), name];
  }
  for (const [, list, to] of text.matchAll(DYNAMIC_NAMED)) {
    for (const name of namesOf(list!)) yield [at(to!), name];
  }
  for (const pattern of [NAMESPACE, DYNAMIC_NAMESPACE]) {
    for (const [, alias, to] of text.matchAll(pattern)) {
      const uses = text.matchAll(new RegExp(`\\b${alias}\\.(\\w+)`, "g"));
      for (const [, name] of uses) yield [at(to!), name!];
    }
  }
  for (const [, to, name] of text.matchAll(DYNAMIC_MEMBER)) yield [at(to!), name!];
  for (const [, to] of text.matchAll(PASSED_ON)) yield [at(to!), "*"];
}

/** Lists exports of `code` that no file of `users` imports, as `<path>: <name>`. */
export function unusedExports(code: Files, users: Files): string[] {
  const used = new Set(
    [...users].flatMap(([path, text]) =>
      [...importsIn(path, text)].map(([to, name]) => `${to}: ${name}`)
    ),
  );
  // A file that re-exports another one uses the names that others import from it.
  for (const [path, text] of users) {
    // What an entry point exports, others may use: `**` also counts types.
    for (const [, to] of text.matchAll(ALL)) {
      const target = new URL(to!, `file:///${path}`).pathname.slice(1);
      const names = code.has(path)
        ? [...used].filter((name) => name.startsWith(`${path}: `)).map((name) =>
          name.split(": ")[1]
        )
        : ["**"];
      for (const name of names) used.add(`${target}: ${name}`);
    }
  }
  return [...code].flatMap(([path, text]) =>
    exportsOf(text).filter(([name, isValue]) =>
      ![name, "**", ...isValue ? ["*"] : []].some((one) => used.has(`${path}: ${one}`))
    ).map(([name]) => `${path}: ${name}`)
  );
}
