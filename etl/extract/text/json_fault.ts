// Messages name only the kind of text at a fault, since the text may contain a password.

/** A place in a text: line and column, both counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export const START: Place = { line: 1, column: 1 };

const decoder = new TextDecoder();

export function placeAfter(bytes: Uint8Array, { line, column }: Place = START): Place {
  let last = -1;
  for (let at = -1; (at = bytes.indexOf(0x0a, at + 1)) !== -1; line++) last = at;
  const inLine = decoder.decode(bytes.subarray(last + 1)).length;
  return { line, column: (last === -1 ? column : 1) + inLine };
}

interface JsonFault {
  readonly at: number;
  readonly what: string;
  readonly next: string;
}

export const SAVE_AGAIN = "Save the page again, or leave it out";
const FIX = "Fix it, or save the page again";

const JSONP = "a JSONP call, not JSON alone";

const FORMATS: readonly (readonly [RegExp, string, string])[] = [
  [/^$/, "it is empty", SAVE_AGAIN],
  [
    /^<(!doctype|html|head|body)/i,
    "an HTML page",
    "A proxy, a login or an outage answered in place of the API: save the API's answer again",
  ],
  [/^<[?!\w]/, "XML", "Save it as JSON: the same address without format=xml"],
  [
    /^(export\s|module\.exports|exports\.|import\s|const\s|let\s|var\s|["']use strict)/,
    "a JavaScript module",
    "Save what the module exports as JSON, as JSON.stringify writes it",
  ],
  [/^HTTP\/\d/, "the headers of an answer", "Save only its body: curl without -i"],
  [
    /^(?:[A-Za-z]\w* +: |results +info *\r?\n-)/,
    "a table as PowerShell shows it",
    "Save the answer itself: use curl.exe in place of curl, Invoke-WebRequest or Invoke-RestMethod",
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
/** Part of a text: plain characters, or one escaped. */
// deno-lint-ignore no-control-regex
const TEXT = /[^"\\\0-\x1f]+|\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;
const CUT_ESCAPE = /\\(?:u[\da-fA-F]{0,3})?$/y;

/** Words that other languages write in place of JSON values. */
const WORDS = /(?:NaN|Infinity|undefined|None|True|False)(?![\w$])/y;

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

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

class Reader {
  #at = 0;
  readonly #open: string[] = [];
  #expected: Expected = "value";
  /** The offset after a comma that a key or a value must follow; 0 for none. */
  #comma = 0;

  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  find(): JsonFault {
    for (;;) {
      this.#at += matchAt(SPACE, this.text, this.#at)!.length;
      const fault = this.#at === this.text.length ? this.#ends() : this.#step(this.text[this.#at]!);
      if (fault !== undefined) return fault;
    }
  }

  #ends(): JsonFault {
    const inside = { "{": ", inside an object", "[": ", inside a list" }[this.#open.at(-1) ?? ""];
    const next = `${SAVE_AGAIN}: the download may have broken off`;
    return { at: this.text.length, what: `it ends too early${inside ?? ""}`, next };
  }

  #fail(what: string, at = this.#at, next = FIX): JsonFault {
    return { at, what, next };
  }

  #take(length: number, expected: Expected): undefined {
    this.#at += length;
    this.#expected = expected;
  }

  #step(char: string): JsonFault | undefined {
    const expected = this.#expected;
    const isFirst = expected === "first key" || expected === "first value";
    if (char === "}" || char === "]") {
      if (this.#comma > 0) {
        return this.#fail(`a comma before "${char}"`, this.#comma - 1, "Remove the comma");
      }
      if (isFirst || expected === "comma" && this.#open.length > 0) return this.#close(char);
    }
    if (expected === "comma") return this.#afterValue(char);
    this.#comma = 0;
    const isKey = expected === "key" || expected === "first key";
    if (!isKey && expected !== "colon") return this.#value(char);
    if (isKey && char === '"') return this.#string("colon");
    if (!isKey && char === ":") return this.#take(1, "value");
    const wanted = isKey ? "name" : "colon";
    return this.#fail(`${kindAt(this.text, this.#at)} where a ${wanted} should be`);
  }

  #close(char: "}" | "]"): JsonFault | undefined {
    if (this.#open.pop() !== { "}": "{", "]": "[" }[char]) return this.#fail(JSON.stringify(char));
    return this.#take(1, "comma");
  }

  #afterValue(char: string): JsonFault | undefined {
    const kind = kindAt(this.text, this.#at);
    if (this.#open.length === 0) return this.#fail(`${kind} after the end of the JSON`);
    if (char !== ",") return this.#fail(`${kind} where a comma should be`);
    this.#take(1, this.#open.at(-1) === "{" ? "key" : "value");
    this.#comma = this.#at;
    return undefined;
  }

  #value(char: string): JsonFault | undefined {
    if (char === "{" || char === "[") {
      this.#open.push(char);
      return this.#take(1, char === "{" ? "first key" : "first value");
    }
    if (char === '"') return this.#string("comma");
    const plain = matchAt(NUMBER, this.text, this.#at) ?? matchAt(LITERAL, this.text, this.#at);
    if (plain !== undefined) return this.#take(plain.length, "comma");
    const kind = kindAt(this.text, this.#at);
    return this.#fail(kind === "a number" ? "a number in a form that JSON does not allow" : kind);
  }

  #string(expected: Expected): JsonFault | undefined {
    let end = this.#at + 1;
    for (let part; (part = matchAt(TEXT, this.text, end)) !== undefined;) end += part.length;
    const char = this.text[end];
    if (char === '"') return this.#take(end + 1 - this.#at, expected);
    if (char === undefined || matchAt(CUT_ESCAPE, this.text, end) !== undefined) {
      return this.#ends();
    }
    const what = /[\r\n]/.test(char) ? "a line break" : "a control character";
    return this.#fail(
      char === "\\" ? "a backslash that escapes nothing" : `${what} in a text`,
      end,
    );
  }
}

export function findJsonFault(text: string): JsonFault & { readonly rule: "json" | "jsonp" } {
  const at = matchAt(SPACE, text, 0)!.length;
  const start = text.slice(at, at + 1000);
  const format = FORMATS.find(([pattern]) => pattern.test(start));
  if (format === undefined) return { rule: "json", ...new Reader(text).find() };
  const [, what, next] = format;
  return { rule: what === JSONP ? "jsonp" : "json", at, what, next };
}
