// The command line: the commands, and the messages of `main.ts`.
export type { Terminal } from "./command.ts";
export { COMMANDS, RENAMED } from "./commands.ts";
export { errorJson } from "./error_json.ts";
export { datasetOf, nextText } from "./next_steps.ts";
export { quoted } from "./shell.ts";
export { aboutDebr } from "./about.ts";
export { isRefused, refused } from "./refused.ts";
