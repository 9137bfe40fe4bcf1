/**
 * Re-exports fast-check; deno.json maps `fast-check` to this file, because every task downloads the
 * packages in `imports`.
 *
 * @module
 */
export { default } from "npm:fast-check@4.10.2";
