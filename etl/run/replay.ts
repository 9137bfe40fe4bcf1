// Rejects store no values, so their pages are read again.
import {
  commitStaged,
  layout,
  lockDataset,
  openForWriting,
  openStaging,
  readRejects,
  recover,
  type RejectsFile,
  rejectsOf,
  type RejectsPath,
  removeAll,
  type Staged,
  sweepRejects,
  writeRejects,
} from "../load/dataset/mod.ts";
import { SourceError } from "../common/errors.ts";
import { unless } from "../common/missing.ts";
import { pageUrl } from "../extract/api/request.ts";
import type { CheckedPage } from "../extract/pages/page.ts";
import {
  BATCH_PEOPLE,
  type LocalPage,
  type RemotePage,
  type Request,
} from "../extract/pages/pages.ts";
import { type Reject, reject, validate } from "../transform/validate/person.ts";
import { type Collected, collected, stageRows } from "./batch.ts";
import { openPages } from "./open_pages.ts";
import type { Plan, Wanted } from "./plan.ts";
import { batchFolder } from "./run_folder.ts";

type Again = CheckedPage | { readonly reason: string };

/** Reads a page; throws a `SourceError` for transient errors. */
type PageReader = (label: string, signal?: AbortSignal) => Promise<Again>;

/** Whether a page, or one inside it, can have the label. */
function mayHold({ label: own, kind }: LocalPage, label: string): boolean {
  return label === own || kind !== "synthetic" && label.startsWith(`${own}#`);
}

async function readLabelled(pages: readonly LocalPage[], label: string): Promise<Again> {
  for (const page of pages) {
    for await (const { people, ...found } of openPages(page)) {
      if (found.label === label) return { ...found, people: [...people] };
    }
  }
  return { reason: "it no longer exists" };
}

async function readAgain(request: Request, plan: ReplayOptions["plan"]): Promise<PageReader> {
  // All saved pages may be gone.
  const planned = await unless(
    (error) => error instanceof SourceError,
    plan(request as unknown as Wanted),
  );
  const client = planned?.client;
  const local: LocalPage[] = [];
  const remote = new Map<string, RemotePage>();
  for (const page of planned?.source.batches.flatMap(({ pages }) => pages) ?? []) {
    if (page.kind !== "api") local.push(page);
    else remote.set(pageUrl(client!.request, { number: page.page, results: page.results }), page);
  }
  return async (label, signal) => {
    const page = remote.get(label);
    try {
      if (page === undefined) {
        return await readLabelled(local.filter((one) => mayHold(one, label)), label);
      }
      return await client!.page(page.page, { results: page.results, signal });
    } catch (error) {
      // Only pages of the API can return without a repair.
      if (!(error instanceof SourceError) || (page && error.transient)) throw error;
      return { reason: error.message };
    }
  };
}

interface GonePage {
  readonly page: string;
  readonly reason: string;
}

export interface Replayed {
  /** Now valid, like `repeated` and `forgotten`. */
  readonly added: number;
  readonly repeated: number;
  readonly forgotten: number;
  readonly rejected: number;
  readonly gone: readonly GonePage[];
}

interface ReplayOptions {
  readonly plan: (wanted: Wanted) => Promise<Plan>;
  readonly signal?: AbortSignal;
}

const NOTHING = { added: 0, repeated: 0, forgotten: 0, rejected: 0 } as const;

class Replay {
  readonly gone: GonePage[] = [];
  readonly staged: { readonly batch: Staged; readonly request: number }[] = [];
  #into: Collected = collected();

  readonly folder: string;
  readonly options: ReplayOptions;

  constructor(folder: string, options: ReplayOptions) {
    this.folder = folder;
    this.options = options;
  }

  /** Validates the rejects of one page; returns those that remain. */
  async #page(group: readonly Reject[], read: PageReader): Promise<readonly Reject[]> {
    const { page } = group[0]!;
    const found = await read(page, this.options.signal);
    if ("reason" in found) {
      this.gone.push({ page, reason: found.reason });
      return group;
    }
    const left: Reject[] = [];
    let passed = 0;
    for (const known of group) {
      const { row } = known;
      const verdict = validate(found.people[row], found.version);
      // A shorter page no longer contains the person, so the reject stays.
      if (row >= found.people.length) left.push(known);
      else if (!verdict.person) left.push(reject(verdict.failures, { page, row }));
      else {
        passed++;
        if (!this.#into.rows.add(verdict.person)) this.#into.repeated++;
      }
    }
    if (passed > 0) this.#into.pages.push({ page, people: passed });
    return left;
  }

  async #flush(request: number): Promise<void> {
    if (this.#into.rows.people === 0) return;
    const folder = batchFolder(this.folder, this.staged.length);
    const batch = await stageRows(this.#into, { folder });
    this.staged.push({ batch: { folder, batch }, request });
    this.#into = collected();
  }

  /** Replays the rejects of one request; yields the lines of those that remain. */
  async *lines(file: RejectsPath, { request, read }: { request: number; read: PageReader }) {
    for await (const group of byPage(readRejects([file]))) {
      this.options.signal?.throwIfAborted();
      for (const left of await this.#page(group, read)) yield JSON.stringify(left);
      if (this.#into.rows.people >= BATCH_PEOPLE) await this.#flush(request);
    }
    await this.#flush(request);
  }
}

async function* byPage(rejects: AsyncIterable<Reject>): AsyncGenerator<readonly Reject[], void> {
  let group: Reject[] = [];
  for await (const one of rejects) {
    if (group.length > 0 && group[0]!.page !== one.page) {
      yield group;
      group = [];
    }
    group.push(one);
  }
  if (group.length > 0) yield group;
}

/** Rejects of missing pages remain; a transient error of reading is thrown and changes nothing. */
export async function replayRejects(root: string, options: ReplayOptions): Promise<Replayed> {
  using _lock = await lockDataset(root);
  await recover(root);
  const { dataset: base, forgotten } = await openForWriting(root, "append");
  if (base === undefined || base.manifest.rejects.length === 0) return { ...NOTHING, gone: [] };
  const { requests, rejects } = base.manifest;
  const folder = `${layout(root).staging}/replay`;
  await removeAll(folder);
  await openStaging(folder, { request: { source: "rejects" }, mode: "append" });
  const replay = new Replay(folder, options);
  const left: RejectsFile[] = [];
  for (const [at, file] of rejectsOf(root, base.manifest).entries()) {
    const { request } = rejects[at]!;
    const read = await readAgain(requests[request]!, options.plan);
    const written = await writeRejects(root, { lines: replay.lines(file, { request, read }) });
    if (written) left.push({ request, ...written });
  }
  const { staged, gone } = replay;
  const { manifest, ...added } = JSON.stringify(left) === JSON.stringify(rejects)
    ? { ...NOTHING, manifest: base.manifest }
    : await commitStaged(root, { base, forgotten, staged, requests, rejects: left, received: 0 });
  await removeAll(folder);
  await sweepRejects(root, manifest);
  return { ...added, rejected: manifest.people.rejected, gone };
}
