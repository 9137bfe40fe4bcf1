// The report: one HTML file about the content and origin of a dataset. It loads and runs nothing,
// and shows no value that its privacy class forbids.
import { onDisk } from "../load/dataset/mod.ts";
import { type Effects, REAL } from "../common/effects.ts";
import { UsageError } from "../common/errors.ts";
import type { EngineName } from "../query/mod.ts";
import { gatherFacts } from "./facts.ts";
import { page } from "./page.ts";

export { lyingBars, pyramid, standingBars } from "./draw.ts";

interface ReportOptions {
  readonly data: string;
  readonly engine?: EngineName;
  readonly signal?: AbortSignal;
  /** The clock determines ages. */
  readonly effects?: Pick<Effects, "now">;
}

/**
 * Writes the report and returns its size in bytes. Rejects with a {@link UsageError} if `out` is
 * not an HTML file, and with a `DestinationError` if reading or writing fails.
 */
export async function writeReport(
  out: string,
  { data, engine = "wasm", signal, effects = REAL }: ReportOptions,
): Promise<{ readonly bytes: number }> {
  if (!/[^/]\.html?$/.test(out)) {
    throw new UsageError(`Cannot write the report to ${JSON.stringify(out)}: it is no HTML file`, {
      step: "report",
      next: { code: "report_not_html" },
    });
  }
  const facts = await gatherFacts({ data, engine, now: effects.now(), ...(signal && { signal }) });
  const bytes = new TextEncoder().encode(page(facts).text);
  const folder = out.replace(/[^/]*$/, "");
  if (folder !== "") await onDisk(folder, () => Deno.mkdir(folder, { recursive: true }));
  await onDisk(out, () => Deno.writeFile(out, bytes));
  return { bytes: bytes.length };
}
