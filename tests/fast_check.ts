/**
 * The one door to fast-check, which deno.json maps `fast-check` to: a package in `imports` is
 * downloaded by every task.
 *
 * @module
 */
export { default } from "npm:fast-check@4.10.2";
