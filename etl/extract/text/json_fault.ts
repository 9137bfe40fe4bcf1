// Finds the place where a text is not JSON, and names only the kind of text there: the message of a
// parser quotes the text, which may contain a password.

interface JsonFault {
  /** Offset of the fault. */
  readonly at: number;
  readonly what: string;
  /** The next step. */
  readonly next: string;
}

const AGAIN = "Save the page again, or leave it out";
const FIX = "Fix it, or save the page again";

const JSONP = "a JSONP call, not JSON alone";

/** Other formats, by their first characters. */
const FORMATS: readonly (readonly [RegExp, string, string])[] = [
  [/^$/, "it is empty", AGAIN],
  [
    /^<(!doctype|html|head|body)/i,
    "an HTML page",
    "A proxy, a login or an outage answered in place of the API: save the API's answer again",
  ],
  [/^</, "XML", "Save it as JSON: the same address without format=xml"],
  [
    /^(export\s|module\.exports|exports\.|import\s|const\s|let\s|var\s|["']use strict)/,
    "a JavaScript module",
    "Save what the module exports as JSON, as JSON.stringify writes it",
  ],
  [/^[\w$.]+\s*\(/, JSONP, "Save it without callback= in the address"],
  [
    /^"?[A-Za-z_][\w.]*"?\s*[,;\t]\s*"?[A-Za-z_][\w.]*"?\s*[,;\t]/,
    "a CSV header",
    "Save it as JSON: the same address without format=csv",
  ],
  [/^(---\s|-\s|[A-Za-z]\w*:\s)/, "YAML", "Save it as JSON: the same address without format=yaml"],
];

type Expected = "value" | "first value" | "key" | "first key" | "colon" | "comma";

const SPACE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])/y;
const LITERAL = /(?:true|false|null)(?![\w$])/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;
const CUT_ESCAPE = /\\(?:u[\da-fA-F]{0,3})?$/y;

/** Words that other languages write in place of JSON values. */
const WORDS = /(?:NaN|Infinity|undefined|None|True|False)(?![\w$])/y;

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** The kind of text at a place, without its content. */
function kindAt(text: string, at: number): string {
  const char = text[at]!;
  const word = matchAt(WORDS, text, at);
  if (word !== undefined) return word;
  if (text.startsWith("//", at) || text.startsWith("/*", at)) return "a comment";
  if (char === "'") return "a single quote in place of a double one";
  if (char === '"') return "a text";
  if (/[\d+.-]/.test(char)) return "a number";
  if (/[[\]{}:,<>]/.test(char)) return JSON.stringify(char);
  if (/[\p{L}_$]/u.test(char)) return "a word without quotes";
  return char < " " ? "a control character" : "a character that JSON does not allow";
}

/** Reads JSON up to its fault. */
class Reader {
  readonly text: string;
  at = 0;
  #open: string[] = [];
  #expected: Expected = "value";
  #comma = 0;

  constructor(text: string) {
    this.text = text;
  }

  find(): JsonFault {
    for (;;) {
      this.at += matchAt(SPACE, this.text, this.at)!.length;
      if (this.at === this.text.length) return this.#ends();
      const fault = this.#step(this.text[this.at]!);
      if (fault !== undefined) return fault;
    }
  }

  #ends(): JsonFault {
    const inside = { "{": "inside an object", "[": "inside a list" }[this.#open.at(-1) ?? ""] ?? "";
    const next = `${AGAIN}: the download may have broken off`;
    return { at: this.text.length, what: `it ends too early${inside && `, ${inside}`}`, next };
  }

  #fail(what: string, at = this.at, next = FIX): JsonFault {
    return { at, what, next };
  }

  #close(char: string): JsonFault | undefined {
    const open = { "}": "{", "]": "[" }[char];
    if (this.#open.at(-1) !== open) return this.#fail(JSON.stringify(char));
    this.#open.pop();
    this.#expected = "comma";
    this.at++;
    return undefined;
  }

  #step(char: string): JsonFault | undefined {
    const closes = char === "}" || char === "]";
    switch (this.#expected) {
      case "colon":
        if (char !== ":") {
          return this.#fail(`${kindAt(this.text, this.at)} where a colon should be`);
        }
        this.at++;
        this.#expected = "value";
        return undefined;
      case "comma":
        return closes && this.#open.length > 0 ? this.#close(char) : this.#afterValue(char);
      case "first key":
      case "first value":
        if (closes) return this.#close(char);
        return this.#expected === "first key" ? this.#key(char) : this.#value(char);
      default:
        if (closes && this.#comma > 0) {
          return this.#fail(`a comma before "${char}"`, this.#comma - 1, "Remove the comma");
        }
        return this.#expected === "key" ? this.#key(char) : this.#value(char);
    }
  }

  #afterValue(char: string): JsonFault | undefined {
    const kind = kindAt(this.text, this.at);
    if (this.#open.length === 0) return this.#fail(`${kind} after the end of the JSON`);
    if (char !== ",") return this.#fail(`${kind} where a comma should be`);
    this.#comma = ++this.at;
    this.#expected = this.#open.at(-1) === "{" ? "key" : "value";
    return undefined;
  }

  #key(char: string): JsonFault | undefined {
    if (char !== '"') return this.#fail(`${kindAt(this.text, this.at)} where a name should be`);
    this.#expected = "colon";
    this.#comma = 0;
    return this.#string();
  }

  #value(char: string): JsonFault | undefined {
    this.#comma = 0;
    if (char === "{" || char === "[") {
      this.#open.push(char);
      this.#expected = char === "{" ? "first key" : "first value";
      this.at++;
      return undefined;
    }
    this.#expected = "comma";
    if (char === '"') return this.#string();
    const plain = matchAt(NUMBER, this.text, this.at) ?? matchAt(LITERAL, this.text, this.at);
    if (plain === undefined) {
      const kind = kindAt(this.text, this.at);
      return this.#fail(kind === "a number" ? "a number that JSON writes otherwise" : kind);
    }
    this.at += plain.length;
    return undefined;
  }

  #string(): JsonFault | undefined {
    this.at++;
    for (;;) {
      const char = this.text[this.at];
      if (char === undefined) return this.#ends();
      if (char === '"') break;
      if (char === "\n" || char === "\r") return this.#fail("a line break in a text");
      if (char < " ") return this.#fail("a control character in a text");
      const escape = char === "\\" ? matchAt(ESCAPE, this.text, this.at) : char;
      if (escape === undefined) {
        const cut = matchAt(CUT_ESCAPE, this.text, this.at) !== undefined;
        return cut ? this.#ends() : this.#fail("a backslash that escapes nothing");
      }
      this.at += escape.length;
    }
    this.at++;
    return undefined;
  }
}

/** Explains why a parser refused a text. */
export function findJsonFault(text: string): JsonFault & { readonly rule: "json" | "jsonp" } {
  const at = matchAt(SPACE, text, 0)!.length;
  const start = text.slice(at, at + 1000);
  const format = FORMATS.find(([pattern]) => pattern.test(start));
  if (format === undefined) return { rule: "json", ...new Reader(text).find() };
  const [, what, next] = format;
  return { rule: what === JSONP ? "jsonp" : "json", at, what, next };
}
