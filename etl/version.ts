/**
 * The version of debr, from deno.json.
 *
 * @module
 */
import project from "../deno.json" with { type: "json" };

/** The version of debr. */
export const VERSION: string = project.version;
