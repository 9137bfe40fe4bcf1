// The door to YAML.
import { stringify } from "npm:yaml@2.9.1";

/** Writes YAML without folding lines. */
export function stringifyYaml(content: unknown): string {
  return stringify(content, { lineWidth: 0, aliasDuplicateObjects: false });
}
