// The door to YAML.
import { stringify } from "npm:yaml@2.9.1";

/** Does not fold lines. */
export function stringifyYaml(content: unknown): string {
  return stringify(content, { lineWidth: 0, aliasDuplicateObjects: false });
}
