// Language rules for everything that people read: banned words, sentence case in headings, links.
import { assert, assertEquals } from "@std/assert";
import { ROOT } from "./layers.ts";

/** Banned words and phrases, each with its replacement. */
const BANNED: readonly [RegExp, string][] = [
  [/\banew\b/i, "again"],
  [/\bin vain\b/i, "without success"],
  [/\b(for ever|at hand|of which none)\b/i, "without end; available; none of them"],
  [/\bwhoever\b/i, "the person who; people who"],
  [
    /\b(thence|hither|whereof|thereof|wherein|herein|upon)\b/i,
    "from there, of which, in which, on",
  ],
  [/(?<!SSN and its )\bkin\b/i, "the parts that belong to it"],
  [/\bby lot\b/i, "at random"],
  [/\b(be|is|are|was|were) had\b/i, "obtain, exist"],
  [/\bthere (is|are) not\b|\b(is|are) not there\b/i, "is missing, does not exist"],
  [/\b(that|who) (is|are) there\b/i, "that exists"],
  [/\bstands? (in|beside|at|alone|before|after|there|on|below)\b/i, "is, means"],
  [/\bfor good\b/i, "permanently"],
  [/\bjudg(e|es|ed|ing|ement|ment)\b/i, "validate a person, evaluate an expectation"],
  [/\b(be|is|are|was|were) told\b(?! to\b)/i, "distinguished, named, given"],
  [/\bsays of\b|\b(is|was|are|be) said of\b/i, "says about, reports"],
  [/\bmend(s|ed|ing)?\b/i, "fix, repair"],
  [/\b(lies|lay|lie) (in|on|at|beside|below)\b/i, "is"],
  [/\bboils? down\b/i, "becomes"],
  [/\bunfit\b/i, "invalid"],
  [/\bexit status/i, "exit code"],
  [/\b(gives?|gave|giving) way\b/i, "is replaced, shrinks"],
  [/\bas (it|they) stands?\b/i, "unchanged"],
  [/\b(nobody|whoever)'s\b/i, "no one's, of any person"],
  [/\b(tells?|told|telling) apart\b/i, "distinguish"],
  [/\b(is|are|was|were) away\b/i, "cannot be reached"],
  [/\b(held|hold|holds|kept|keep|keeps) back\b/i, "delay, keep"],
  [/\bhas not\b(?! (been|yet|changed|ended|begun))/i, "does not have"],
  [
    /\b1 (people|rows|pages|files|parts|tables|columns|requests|faults|bytes)\b/i,
    "the singular",
  ],
];

/** Files with other authors' text, such as data and licences, and this file. */
const OTHERS =
  /^(LICENSE|deno\.lock|data\/|tests\/corpus\/|tests\/language_test\.ts|etl\/extract\/synthetic\/names\.json$)|\.(png|pdf|svg|parquet|gz|lock)$/;

/** Names that have a capital letter inside a heading. */
const NAMES = new Set(
  ("API AWS Airflow Apache CI CSV Contract DAG DAGs DDL DuckDB Data Debian Deno Docker Expectations Frictionless " +
    "GCS Google Cloud Storage Great HTTP I Iceberg JSON Kubernetes Linux MariaDB MySQL NDJSON Node Open Package " +
    "Packages Parquet PostgreSQL Python R README S3 SBOM SQL SQLite Slack Spark Standard Teams UUID Unix Valibot " +
    "Windows Wine").split(" "),
);

async function textFiles(folder = ""): Promise<string[]> {
  const files: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(ROOT + folder)) {
    const path = folder + name;
    if (/^(\.git|\.venv.*|coverage|node_modules|venv|__pycache__|target|logs)$/.test(name)) {
      continue;
    }
    if (isDirectory) files.push(...await textFiles(`${path}/`));
    else if (!OTHERS.test(path)) files.push(path);
  }
  return files;
}

const FILES = (await textFiles()).sort();
const read = (path: string) => Deno.readTextFile(ROOT + path);
const DOCUMENTS = FILES.filter((path) => /^(?!etl\/).*\.md$/.test(path));

/** Removes code blocks from a document. */
function prose(text: string): string {
  return text.replace(/^( *)```[\s\S]*?^\1```/gm, "");
}

Deno.test("comments, messages and documents use the field's terms", async () => {
  const found: string[] = [];
  for (const path of FILES) {
    for (const [i, line] of (await read(path)).split("\n").entries()) {
      for (const [words, instead] of BANNED) {
        const [hit] = words.exec(line) ?? [];
        if (hit !== undefined) found.push(`${path}:${i + 1} "${hit}": write ${instead}`);
      }
    }
  }
  assertEquals(found, []);
});

Deno.test("headings are in sentence case", async () => {
  const found: string[] = [];
  for (const path of DOCUMENTS) {
    for (const [, heading = ""] of prose(await read(path)).matchAll(/^#+ (.*)$/gm)) {
      const words = heading.replace(/`[^`]*`|\[|\]\([^)]*\)/g, "").split(/[^\w.-]+/).slice(1);
      const capitals = words.filter((word) => /^[A-Z][a-z]/.test(word) && !NAMES.has(word));
      if (capitals.length > 0) found.push(`${path}: "${heading}": ${capitals.join(", ")}`);
    }
  }
  assertEquals(found, []);
});

/** Returns the anchor of a heading. */
function anchor(heading: string): string {
  return heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-");
}

Deno.test("links resolve, including headings", async () => {
  const broken: string[] = [];
  for (const path of DOCUMENTS) {
    for (
      const [, target = ""] of prose(await read(path)).matchAll(
        /\]\((?!https?:|mailto:)([^)\s]+)\)/g,
      )
    ) {
      const [file = "", heading] = target.split("#");
      const to = file === "" ? path : new URL(file, `file:///${path}`).pathname.slice(1);
      const text = await (file.endsWith("/") || !to.endsWith(".md")
        ? Deno.stat(ROOT + to).then(() =>
          "", () => undefined)
        : read(to).catch(() => undefined));
      const anchors = [...(text ?? "").matchAll(/^#+ (.*)$/gm)].map(([, words = ""]) =>
        anchor(words)
      );
      const resolves = text !== undefined && (heading === undefined || anchors.includes(heading));
      if (!resolves) broken.push(`${path}: ${target}`);
    }
  }
  assertEquals(broken, []);
});

Deno.test("every file of the project that a document names exists", async () => {
  const missing: string[] = [];
  for (const path of DOCUMENTS) {
    for (
      const [, name = ""] of (await read(path)).matchAll(
        /`((?:etl|schema|tests|deploy|std)\/[\w./-]+)`/g,
      )
    ) {
      await Deno.stat(ROOT + name).catch(() => missing.push(`${path}: ${name}`));
    }
  }
  assertEquals(missing, []);
});

Deno.test("at most 12% of the lines of code are comments", async () => {
  let [lines, comments] = [0, 0];
  for (const path of FILES) {
    if (!/^(etl|schema|std)\/.*\.ts$|^main\.ts$/.test(path)) continue;
    const text = (await read(path)).split("\n").filter((line) => line.trim() !== "");
    lines += text.length;
    comments += text.filter((line) => /^\s*(\/\/|\/\*|\*)/.test(line)).length;
  }
  const share = comments / lines;
  assert(share <= 0.12, `${(100 * share).toFixed(1)}%: ${comments} of ${lines}`);
});
