/**
 * The limits of Slack's Block Kit reference for the blocks that debr uses.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";

type Json = Readonly<Record<string, unknown>>;

function assertText(value: unknown, { types, most }: { types: readonly string[]; most: number }) {
  const { type, text, ...others } = value as { type: string; text: string };
  assert(types.includes(type), `Expected ${types}, got ${type}`);
  assert(typeof text === "string" && text.length > 0 && text.length <= most, `${text.length}`);
  assert(text.isWellFormed(), "Expected no lone surrogate");
  if (type === "mrkdwn") {
    assertEquals(text.replace(/&(amp|lt|gt);/g, "").includes("&"), false, text);
    // Only links may contain brackets.
    const rest = text.replace(/<https?:\/\/[^<>|]*\|[^<>|]*>/g, "");
    assert(!/[<>]/.test(rest), text);
  }
  assertEquals(others, {});
}

const BLOCKS: Readonly<Record<string, (block: Json) => void>> = {
  header: ({ text }) => assertText(text, { types: ["plain_text"], most: 150 }),
  section: ({ text, fields }) => {
    assert(text !== undefined || fields !== undefined);
    if (text !== undefined) assertText(text, { types: ["mrkdwn"], most: 3000 });
    if (fields === undefined) return;
    assert(Array.isArray(fields) && fields.length >= 1 && fields.length <= 10);
    for (const field of fields) assertText(field, { types: ["mrkdwn"], most: 2000 });
  },
  context: ({ elements }) => {
    assert(Array.isArray(elements) && elements.length >= 1 && elements.length <= 10);
    for (const element of elements) assertText(element, { types: ["mrkdwn"], most: 3000 });
  },
};

/** Asserts that Slack accepts a message. */
export function assertMessage(message: unknown): void {
  const { text, blocks, ...others } = message as { text: string; blocks: readonly Json[] };
  assertEquals(others, {});
  assert(typeof text === "string" && text.length > 0 && text.length <= 3000);
  assert(blocks.length >= 1 && blocks.length <= 50);
  for (const { type, ...block } of blocks) {
    const assertBlock = BLOCKS[String(type)];
    assert(assertBlock !== undefined, `Expected no block ${type}`);
    assertBlock(block);
  }
}
