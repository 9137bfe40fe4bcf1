export type { Terminal } from "./command.ts";
export { aboutDebr, COMMANDS, RENAMED } from "./commands.ts";
export { errorJson } from "./log.ts";
export { datasetOf, nextText } from "./next_steps.ts";
export { isRefused, refused } from "./refused.ts";
export { quoted } from "./shell.ts";
