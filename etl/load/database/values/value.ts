// What a driver gives for a column when nothing is configured, and how it is bounded.

/** A value of a column in JavaScript. */
export interface DriverValue {
  /** `digits` is a number in a text, `object` one of numbers. */
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
  /** Of a number: whole, whole without lost digits, or also NaN. */
  readonly number?: "whole" | "safe" | "or NaN";
  /** Length of a text in characters or bytes, or of bytes. */
  readonly length?: {
    readonly count: number;
    readonly unit: "characters" | "bytes";
    readonly exactly?: boolean;
  };
  /** Form of a text, and how it is called. */
  readonly pattern?: { readonly source: string; readonly says: string };
  readonly isUuid?: boolean;
  readonly oneOf?: readonly string[];
  /** Fields of an object, where they are known. */
  readonly fields?: readonly string[];
  /** Element of a list, which may be null. */
  readonly of?: DriverValue;
  /** Lists in a list. */
  readonly depth?: number;
}

/** Text of a form. */
export function formed(source: string, says: string): DriverValue {
  return { is: "text", pattern: { source, says } };
}

/** Text of so many characters, at most or exactly. */
export function sized(count: number, { exactly = false } = {}): DriverValue {
  return { is: "text", length: { count, unit: "characters", exactly } };
}

/** A whole number between bounds. */
export function integer(min: number, max: number): DriverValue {
  return { is: "number", number: "whole", min, max };
}

/** A decimal with all its places, as text. */
export function decimal(precision: number, scale: number, { sign = "-?" } = {}): DriverValue {
  const whole = Math.max(precision - scale, 1);
  const places = scale > 0 ? `\\.\\d{${scale}}` : "";
  const says = scale > 0
    ? `a decimal of ${precision} digits, ${scale} after the point`
    : `a whole number of ${whole} digits`;
  return { is: "digits", pattern: { source: `^${sign}\\d{1,${whole}}${places}$`, says } };
}
