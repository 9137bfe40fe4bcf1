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
const ALL = /export\s+\*\s+from\s*"(\.[^"]+)"/g;
/** `const { a } = await import("…")`. */
const DYNAMIC_NAMED = /\{([^{}]*)\}\s*=\s*await\s+import\(\s*"(\.[^"]+)"/g;
/** `import("…")).a` or `import("…").a`, and `name = await import("…")` with `name.a`. */
const DYNAMIC_MEMBER = /import\(\s*"(\.[^"]+)",?\s*\)\)?\.(\w+)/g;
const DYNAMIC_NAMESPACE = /(\w+)\s*=\s*await\s+import\(\s*"(\.[^"]+)"/g;
/** Namespaces that are passed on. */
const PASSED_ON = /(?:=>|[,[])\s*import\(\s*"(\.[^"]+)"/g;

function namesOf(list: string): string[] {
  return list.split(",").map((item) => item.trim().replace(/^type /, "").split(/\s+as\s+|:/)[0]!)
    .filter((name) => name !== "");
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
      const uses = text.matchAll(new RegExp(`\\b${alias}\\b(?:\\.(\\w+))?`, "g"));
      for (const [, name = "*"] of [...uses].slice(1)) yield [at(to!), name];
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
    for (const [, to] of text.matchAll(ALL)) {
      const target = new URL(to!, `file:///${path}`).pathname.slice(1);
      const names = code.has(path)
        ? [...used].filter((name) => name.startsWith(`${path}: `)).map((name) =>
          name.split(": ")[1]
        )
        : ["*"];
      for (const name of names) used.add(`${target}: ${name}`);
    }
  }
  return [...code].flatMap(([path, text]) =>
    used.has(`${path}: *`) ? [] : [...text.matchAll(EXPORT)].map(([, name]) => `${path}: ${name}`)
      .filter((export_) => !used.has(export_))
  );
}
