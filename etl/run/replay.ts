// Validates rejected people again after a change of a rule or a page. It reads their pages, since
// rejects store no values, and adds the people who are now valid.
import {
  addReferences,
  commitTables,
  type CommittedRequest,
  type CommittedState,
  countLeft,
  heldPieces,
  layout,
  lockDataset,
  type Manifest,
  newPieces,
  openForWriting,
  openStaging,
  readReferences,
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
import { BATCH_PEOPLE } from "../extract/pages/pages.ts";
import { type Reject, reject, validate } from "../transform/validate/person.ts";
import { type Collected, collected, stageRows } from "./batch.ts";
import { batchFolder } from "./run_folder.ts";
import { type PageReader, type Planner, readAgain } from "./reread.ts";

interface GonePage {
  readonly page: string;
  readonly reason: string;
}

export interface Replayed {
  /** Now valid, and added. */
  readonly added: number;
  /** Now valid, but duplicates. */
  readonly repeated: number;
  /** Now valid, but forgotten. */
  readonly forgotten: number;
  /** Still rejected. */
  readonly rejected: number;
  readonly gone: readonly GonePage[];
}

interface ReplayOptions {
  readonly plan: Planner;
  readonly signal?: AbortSignal;
}

const NOTHING = { added: 0, repeated: 0, forgotten: 0, rejected: 0 } as const;

class Replay {
  readonly gone: GonePage[] = [];
  readonly staged: { readonly batch: Staged; readonly request: number }[] = [];
  #into: Collected = collected();

  constructor(readonly folder: string, readonly options: ReplayOptions) {}

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

/** Groups consecutive rejects by page. */
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

async function commitPassed(
  root: string,
  { before, replay, left }: { before: CommittedState; replay: Replay; left: RejectsFile[] },
): Promise<{ manifest: Manifest; people: Omit<Replayed, "gone"> }> {
  const { manifest, tables } = before.dataset!;
  const { forgotten: listed } = before;
  const present = heldPieces(before.dataset!, listed);
  const erased = countLeft(present);
  const fresh = newPieces(replay.staged, { present, forgotten: listed });
  const references = await readReferences(tables, manifest);
  for (const { batch } of replay.staged) addReferences(references, batch.batch.references);
  const rejected = left.reduce((sum, { rows }) => sum + rows, 0);
  const repeated = replay.staged.reduce(
    (sum, { batch: { batch } }) => sum + batch.people.repeated,
    fresh.repeated,
  );
  const { people } = manifest;
  const committed = await commitTables(root, {
    ...manifest,
    pieces: [...present, ...fresh.pieces],
    references,
    prune: fresh.forgotten + erased > 0,
    people: {
      received: people.received,
      rejected,
      repeated: people.repeated + repeated,
      forgotten: people.forgotten + fresh.forgotten + erased,
    },
    rejects: left,
    forgotten: listed,
  });
  const { added, forgotten } = fresh;
  return { manifest: committed, people: { added, repeated, forgotten, rejected } };
}

/**
 * Replays the committed rejects. It adds people who are now valid without duplicates, with their
 * origin; rejects of missing pages remain.
 *
 * Throws transient errors of reading; nothing is changed then.
 */
export async function replayRejects(root: string, options: ReplayOptions): Promise<Replayed> {
  using _lock = await lockDataset(root);
  await recover(root);
  const before = await openForWriting(root, "append");
  const manifest = before.dataset?.manifest;
  if (manifest === undefined || manifest.rejects.length === 0) return { ...NOTHING, gone: [] };
  const folder = `${layout(root).staging}/replay`;
  await removeAll(folder);
  await openStaging(folder, { request: { source: "rejects" }, mode: "append" });
  const replay = new Replay(folder, options);
  const left: RejectsFile[] = [];
  for (const [at, file] of rejectsOf(root, manifest).entries()) {
    const { request } = manifest.rejects[at]!;
    const read = await readAgain(manifest.requests[request] as CommittedRequest, options.plan);
    const written = await writeRejects(root, { lines: replay.lines(file, { request, read }) });
    if (written) left.push({ request, ...written });
  }
  const changed = JSON.stringify(left) !== JSON.stringify(manifest.rejects);
  const done = changed
    ? await commitPassed(root, { before, replay, left })
    : { manifest, people: { ...NOTHING, rejected: manifest.people.rejected } };
  await removeAll(folder);
  await sweepRejects(root, done.manifest);
  return { ...done.people, gone: replay.gone };
}
