import type { Flavour } from "../ddl/builder.ts";
import { type Expression, isInfix, readExpression } from "./expression.ts";

function printExpression(expression: Expression): string {
  if (expression.kind === "column") return expression.name;
  if (expression.kind === "number") return String(expression.value);
  if (expression.kind === "text") return `'${expression.value.replaceAll("'", "''")}'`;
  const { name, args } = expression;
  const [left = "", ...others] = args.map((arg) => {
    const printed = printExpression(arg);
    const joined = arg.kind === "call" && /^(and|or)$/.test(arg.name);
    return joined ? `(${printed})` : printed;
  });
  if (name === "and" || name === "or") return [left, ...others].join(` ${name} `);
  if (name === "in") return `${left} in (${others.join(", ")})`;
  if (name === "not") return `not ${left}`;
  if (name.startsWith("is ")) return `${left} ${name}`;
  return isInfix(name) && others.length === 1
    ? `${left} ${name} ${others[0]}`
    : `${name}(${[left, ...others].join(", ")})`;
}

/** Prints equal conditions of all databases as equal text; unchanged if it cannot be parsed. */
export function plainCondition(text: string, flavour: Flavour): string {
  const expression = readExpression(text, flavour);
  return expression === undefined ? text.replace(/\s+/g, " ").trim() : printExpression(expression);
}
