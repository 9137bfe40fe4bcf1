import config from "../../deno.json" with { type: "json" };

/** Version of debr, `major.minor.patch`. */
export const VERSION: string = config.version;
