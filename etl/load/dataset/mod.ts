// The dataset on disk: commits it atomically, verifies it, traces the lineage of people and erases
// them.
export { commitBatches, type Committed, countLeft, heldPieces, newPieces } from "./add.ts";
export { appendHistory, baselineOf, type PastCheck, readHistory } from "./check_history.ts";
export { commitTables } from "./commit.ts";
export { DamagedFileError, fromDisk } from "./damage.ts";
export {
  exists,
  makeFolder,
  onDisk,
  openToWrite,
  PRIVATE,
  readIfThere,
  removeAll,
  writeAll,
  writeChunks,
  writeDurable,
  writeTextDurable,
} from "./files.ts";
export { isForeign, parquetFiles, parquetPaths } from "./foreign.ts";
export { forget, type Receipt } from "./forget.ts";
export {
  type ForgottenIds,
  joinIds,
  parseList,
  readForgotten,
  writeForgotten,
} from "./forgotten.ts";
export { historyPath, type PastRun, readRuns, rememberRun } from "./history.ts";
export { decodeIds, encodeIds, idKey, idKeys, idsSize } from "./ids.ts";
export { install, PLACES } from "./install.ts";
export {
  checkIntact,
  type Checksum,
  checksumOf,
  checksumOfFile,
  chunksOf,
  difference,
  isIntact,
  linesIntact,
  readIntact,
  requireSame,
} from "./intact.ts";
export { sweepVerifications, VERIFY_PREFIX } from "./leftovers.ts";
export { lockDataset } from "./lock.ts";
export {
  type CommittedRequest,
  type Manifest,
  manifestText,
  readManifest,
  type RejectsFile,
} from "./manifest.ts";
export {
  checkParts,
  type CommittedState,
  type Dataset,
  type Mode,
  openDataset,
  openForWriting,
  readUnchanged,
  requireCurrent,
} from "./open.ts";
export { numberOf } from "./parts.ts";
export {
  committedTables,
  FORGOTTEN,
  idsPath,
  layout,
  LEGACY_FORGOTTEN,
  MANIFEST,
} from "./paths.ts";
export { addReferences, readReferences } from "./references.ts";
export {
  committedRejects,
  failedRejects,
  readRejects,
  rejectsOf,
  type RejectsPath,
  sweepRejects,
  writeRejects,
  type WrittenRejects,
} from "./reject_files.ts";
export { isSealed, sealJson } from "./seal.ts";
export {
  BATCH_FILE,
  IDS_FILE,
  RANKS_FILE,
  readLeft,
  readStaged,
  REJECTS_FILE,
  type Staged,
  type StagedBatch,
  type StagedPart,
} from "./staged.ts";
export { abandonedRuns, hasProgress, openStaging, OVER } from "./staging.ts";
export { recover } from "./swap.ts";
export { type Verified, verify } from "./verify.ts";
