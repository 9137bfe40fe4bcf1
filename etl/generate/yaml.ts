import { stringify } from "npm:yaml@2.9.1";

/** Converts content to YAML without folded lines. */
export function generatedYaml(content: unknown): string {
  return "# Generated from schema/ by: deno task docs\n" +
    stringify(content, { lineWidth: 0, aliasDuplicateObjects: false });
}
