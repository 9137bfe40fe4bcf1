/**
 * The seed of random values in tests. It is constant, so that the same code always gets the same
 * verdict; `DEBR_TEST_SEED` sets another one to search for failures.
 *
 * @module
 */

export const SEED = Number(Deno.env.get("DEBR_TEST_SEED") ?? 1);
