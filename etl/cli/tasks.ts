import config from "../../deno.json" with { type: "json" };

export const TASKS: Readonly<Record<string, { readonly command: string; description: string }>> =
  config.tasks;

type Granted = true | readonly string[] | { readonly allow: readonly string[] };

/** The permissions of each task by kind. */
export const PERMISSIONS = config.permissions as Readonly<
  Record<string, Readonly<Record<string, Granted>>>
>;
