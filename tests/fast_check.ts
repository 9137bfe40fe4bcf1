/**
 * Re-exports fast-check with the seed of the tests; deno.json maps `fast-check` to this file, because
 * every task downloads the packages in `imports`.
 *
 * @module
 */
import fc from "npm:fast-check@4.10.2";
import { SEED } from "./seed.ts";

fc.configureGlobal({ seed: SEED });

export default fc;
