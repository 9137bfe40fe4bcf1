// The entity-relationship diagram in Graphviz's DOT. Privacy is shown by colour and by word.
import {
  type AnyTable,
  columnsOf,
  type ColumnType,
  DECIMAL,
  type ForeignKey,
  type NamedColumn,
  PRIVACY,
  type Privacy,
  tablePrivacy,
} from "../../../schema/mod.ts";

// Graphviz misplaces its own `<b>`, so bold is a separate face. Text is measured in the widest
// usual font that Graphviz knows, so that the reader's font, which is unknown, fits too.
export const FACE = { regular: "DejaVu Sans", bold: "Verdana" } as const;

const INK = "#1f2933";
const MUTED = "#52606d";
const RULE = "#d9e0e6";
const KEY = "#eef2f5";

/** Colours with a contrast above 5:1 against white, as text or background. */
const COLOUR: Readonly<Record<Exclude<Privacy, "secret">, string>> = {
  public: "#2b6a4d",
  personal: "#8a5300",
  sensitive: "#a61b2b",
};

export const PALETTE = { ink: INK, muted: MUTED, rule: RULE, key: KEY, ...COLOUR } as const;

/** The number of referencing rows for one referenced row. The other end is always exactly one. */
type Cardinality = keyof typeof END;

/** The end of a line: its shape in Graphviz, in words, and at the right of a line in Mermaid. */
export const END = {
  "exactly one": { shape: "teetee", looks: "two bars", mermaid: "||" },
  "zero or one": { shape: "teeodot", looks: "circle, bar", mermaid: "o|" },
  "one or more": { shape: "crowtee", looks: "bar, foot", mermaid: "|{" },
  "zero or more": { shape: "crowodot", looks: "circle, foot", mermaid: "o{" },
} as const;

export const TYPE_NAME: Readonly<Record<ColumnType, string>> = {
  text: "text",
  uuid: "uuid",
  integer: "integer",
  decimal: `decimal(${DECIMAL.precision},${DECIMAL.scale})`,
  timestamp: "timestamp(ms)",
};

export function keyOf({ primaryKey, foreignKeys }: AnyTable, column: string): string {
  const primary = primaryKey.includes(column) ? ["PK"] : [];
  const foreign = foreignKeys.some((key) => key.column === column) ? ["FK"] : [];
  return [...primary, ...foreign].join(" ");
}

function cardinalityOf({ primaryKey }: AnyTable, { column, total }: ForeignKey): Cardinality {
  if (primaryKey.length === 1 && primaryKey[0] === column) {
    return total ? "exactly one" : "zero or one";
  }
  return total ? "one or more" : "zero or more";
}

export function relationsOf(tables: readonly AnyTable[]) {
  const names = new Set(tables.map(({ name }) => name));
  return tables.flatMap((table) =>
    table.foreignKeys.filter(({ references }) => names.has(references)).map((key) => ({
      from: table.name,
      to: key.references,
      column: key.column,
      cardinality: cardinalityOf(table, key),
    }))
  );
}

function colourOf(privacy: Privacy): string {
  return privacy === "secret" ? COLOUR.sensitive : COLOUR[privacy];
}

function font(text: string, attributes: string): string {
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return `<font ${attributes}>${escaped}</font>`;
}

/** Draws the frame with cells, because the sides of a box would end elsewhere. */
function cell(content: string, { sides, attributes }: { sides: string; attributes: string }) {
  return `<td border="1" sides="${sides}" color="${RULE}" align="left" ${attributes}>${content}</td>`;
}

function columnRow(table: AnyTable, { name, type, privacy }: NamedColumn): string {
  const key = keyOf(table, name);
  const fill = key === "" ? "" : `bgcolor="${KEY}"`;
  const face = table.primaryKey.includes(name) ? `face="${FACE.bold}"` : `face="${FACE.regular}"`;
  return "<tr>" + [
    cell(font(key || " ", `point-size="9" color="${MUTED}"`), {
      sides: "lb",
      attributes: `port="${name}.w" ${fill}`,
    }),
    cell(font(name, face), { sides: "b", attributes: fill }),
    cell(font(TYPE_NAME[type], `color="${MUTED}"`), { sides: "b", attributes: fill }),
    cell(font(privacy, `point-size="11" color="${colourOf(privacy)}"`), {
      sides: "rb",
      attributes: `port="${name}.e" ${fill}`,
    }),
  ].join("") + "</tr>";
}

/** Uses a nested table, because columns would align the name and the class. */
function headRow({ name }: AnyTable, privacy: Privacy): string {
  const title = font(name, `face="${FACE.bold}" color="white" point-size="14"`);
  const word = font(privacy, 'color="white" point-size="12"');
  return `<tr><td colspan="4" bgcolor="${colourOf(privacy)}" cellpadding="2">` +
    '<table border="0" cellborder="0" cellspacing="0" cellpadding="4"><tr>' +
    `<td align="left">${title}</td><td align="text">${word}<br align="right"/></td>` +
    "</tr></table></td></tr>";
}

function node(table: AnyTable): string {
  const rows = columnsOf(table).map((column) => columnRow(table, column));
  return `  "${table.name}" [label=<<table border="0" cellborder="0" cellspacing="0" ` +
    `cellpadding="5" bgcolor="white">${headRow(table, tablePrivacy(table))}${rows.join("")}` +
    "</table>>]";
}

function edge({ from, to, column, cardinality }: ReturnType<typeof relationsOf>[number]): string {
  return `  "${from}":"${column}.e":e -> "${to}":"${column}.w":w ` +
    `[arrowtail=${END[cardinality].shape}]`;
}

function legendRow(term: string, { colour, meaning }: { colour: string; meaning: string }) {
  return `<tr><td align="left">${font(term, `face="${FACE.bold}" color="${colour}"`)}</td>` +
    `<td align="left">${font(meaning, `color="${MUTED}"`)}</td></tr>`;
}

/** Draws the legend. An invisible edge keeps it below the tables on the left. */
function legend(tables: readonly AnyTable[]): string {
  const used = new Set<Cardinality>(["exactly one"]);
  for (const { cardinality } of relationsOf(tables)) used.add(cardinality);
  const rows = [
    // The part about where values may be shown is left out.
    ...Object.entries(COLOUR).map(([name, colour]) =>
      legendRow(name, { colour, meaning: PRIVACY[name as Privacy].replace(/;.*/, "") })
    ),
    legendRow("PK, FK", { colour: INK, meaning: "primary key, foreign key" }),
    ...[...used].map((meaning) => legendRow(END[meaning].looks, { colour: INK, meaning })),
  ];
  const largest = tables.toSorted((a, b) => columnsOf(b).length - columnsOf(a).length)[0];
  return `  legend [label=<<table border="0" cellspacing="0" cellpadding="3">${rows.join("")}` +
    `</table>>]\n  legend -> "${largest?.name}":s [style=invis weight=0]`;
}

/** Draws the diagram. Only the order of tables and columns decides the layout. */
export function erdDot(tables: readonly AnyTable[]): string {
  const one = END["exactly one"].shape;
  return [
    "digraph erd {",
    `  graph [rankdir=LR bgcolor="white" pad=0.3 nodesep=0.45 ranksep=1.2]`,
    `  node [shape=plain fontname="${FACE.regular}" fontsize=12 fontcolor="${INK}"]`,
    `  edge [dir=both color="${MUTED}" penwidth=1.3 arrowsize=1.3 arrowhead=${one}]`,
    ...tables.map(node),
    ...relationsOf(tables).map(edge),
    legend(tables),
    "}",
    "",
  ].join("\n");
}
