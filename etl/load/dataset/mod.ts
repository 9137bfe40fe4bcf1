export { commitBatches, commitStaged, type Committed, countLeft, heldPieces } from "./add.ts";
export * from "./files.ts";
export { forget, type Receipt } from "./forget.ts";
export { type ForgottenIds, parseList, readForgotten, writeForgotten } from "./forgotten.ts";
export * from "./history.ts";
export { decodeIds, encodeIds, idKey, idKeys, idsSize, joinIds } from "./ids.ts";
export * from "./intact.ts";
export {
  type CommittedRequest,
  COUNT,
  type Manifest,
  manifestText,
  readManifest,
  type RejectsFile,
  SHA256,
} from "./manifest.ts";
export * from "./open.ts";
export * from "./paths.ts";
export * from "./reject_files.ts";
export * from "./staged.ts";
export { install, PLACES, recover, sweepVerifications, VERIFY_PREFIX } from "./swap.ts";
export { type Verified, verify } from "./verify.ts";
