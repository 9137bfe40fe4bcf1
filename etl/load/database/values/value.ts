// Describes the value that a driver returns for a column, and its bounds.

export interface DriverValue {
  /** `digits` is a number as text, `object` an object of numbers. */
  readonly is:
    | "text"
    | "digits"
    | "number"
    | "boolean"
    | "moment"
    | "bytes"
    | "json"
    | "object"
    | "list";
  readonly min?: number;
  readonly max?: number;
  /** An integer, an integer that loses no digits, or a number that may be NaN. */
  readonly number?: "whole" | "safe" | "or NaN";
  /** The length of a text in characters or bytes, or of bytes. */
  readonly length?: {
    readonly count: number;
    readonly unit: "characters" | "bytes";
    readonly exactly?: boolean;
  };
  readonly pattern?: { readonly source: string; readonly says: string };
  readonly isUuid?: boolean;
  readonly oneOf?: readonly string[];
  readonly fields?: readonly string[];
  /** The element of a list; it may be null. */
  readonly of?: DriverValue;
  /** The number of nested levels of lists. */
  readonly depth?: number;
}

export function formed(source: string, says: string): DriverValue {
  return { is: "text", pattern: { source, says } };
}

export function sized(count: number, { exactly = false } = {}): DriverValue {
  return { is: "text", length: { count, unit: "characters", exactly } };
}

export function integer(min: number, max: number): DriverValue {
  return { is: "number", number: "whole", min, max };
}

export function decimal(precision: number, scale: number, { sign = "-?" } = {}): DriverValue {
  const whole = Math.max(precision - scale, 1);
  const places = scale > 0 ? `\\.\\d{${scale}}` : "";
  const says = scale > 0
    ? `a decimal of ${precision} digits, ${scale} after the point`
    : `a whole number of ${whole} digits`;
  return { is: "digits", pattern: { source: `^${sign}\\d{1,${whole}}${places}$`, says } };
}
