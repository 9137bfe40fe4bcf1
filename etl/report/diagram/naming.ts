import { type AnyTable, type ColumnType, DECIMAL } from "../../../schema/mod.ts";

const TYPE: Readonly<Record<ColumnType, string>> = {
  text: "text",
  uuid: "uuid",
  integer: "integer",
  decimal: `decimal(${DECIMAL.precision},${DECIMAL.scale})`,
  timestamp: "timestamp(ms)",
};

export function typeName(type: ColumnType): string {
  return TYPE[type];
}

export function keyOf({ primaryKey, foreignKeys }: AnyTable, column: string): string {
  const parts = [
    ...(primaryKey.includes(column) ? ["PK"] : []),
    ...(foreignKeys.some((key) => key.column === column) ? ["FK"] : []),
  ];
  return parts.join(" ");
}
