// Writes YAML; only this module imports the YAML library.
import { stringify } from "npm:yaml@2.9.1";

/** Converts content to YAML without folded lines. */
export function stringifyYaml(content: unknown): string {
  return stringify(content, { lineWidth: 0, aliasDuplicateObjects: false });
}
