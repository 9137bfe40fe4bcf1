/**
 * The types of `@std/cli/parse-args`. `boolean`, `string` and `collect` set the type of an option,
 * `negatable` adds `false`, a value in `default` or a list makes the option required, an alias adds
 * a name, and a dot in a name nests the option.
 *
 * @module
 */

type Tree = Record<string, unknown>;
type Nothing = Record<never, never>;

/** Names of flags, or `true` where every option is a flag. */
export type Flags = boolean | string | undefined;
/** Names of options as a union; `undefined` if there are none. */
export type Names = string | undefined;
/** Aliases by name. */
export type Aliases<Name = string, Other extends string = string> = {
  [K in Extract<Name, string>]?: Other | readonly Other[];
};

/** An intersection as one object, at every level. */
type Flat<T> = T extends Tree ? { [K in keyof T]: Flat<T[K]> } : T;

type Returning<T> = T extends unknown ? (member: T) => void : never;

/** All members of a union at once. */
type All<Union> = [Union] extends [never] ? Nothing
  : Returning<Union> extends (all: infer Whole) => void ? Whole extends Tree ? Whole : never
  : never;

/** `{ a: { b: Value } }` for the name `a.b`. */
type Nested<Name extends string, Value> = Name extends `${infer Top}.${infer Rest}`
  ? { [K in Top]: Nested<Rest, Value> }
  : { [K in Name]: Value };

type Maybe<T> = T extends Tree ? { [K in keyof T]?: Maybe<T[K]> } : T;

type Certain<T> = T extends Tree ? { [K in keyof T]-?: Certain<T[K]> } : T;

type OrFalse<Name, Value, Off> = Off extends Name ? Value | false : Value;

/** Each named option with its value, as a union. */
type Each<Name, Value, Off = undefined> = undefined extends Name ? Nothing
  : Name extends string ? Nested<Name, OrFalse<Name, Value, Off>>
  : Nothing;

type Texts<Name, List, Off> =
  & All<Certain<Maybe<Each<Extract<Name, List>, string[], Off>>>>
  & All<Maybe<Each<Exclude<Name, List & string>, string, Off>>>;

type Switches<Name, List> = Certain<
  All<Maybe<Each<Extract<Name, List>, boolean[]> | Each<Exclude<Name, List & string>, boolean>>>
>;

/** Lists of values without a declared type. */
type Untyped<Name, Off> = Name extends string
  ? Nested<Name, Name extends Off ? unknown[] | false : unknown[]>
  : never;

type Nest<T> = Tree extends T ? T
  : T extends Tree ? All<{ [K in keyof T]: K extends string ? Nested<K, T[K]> : never }[keyof T]>
  : T;

/** Options with defaults: required, and either the given value or the default. */
type WithDefaults<T, D> = D extends undefined ? T
  : T extends Tree ?
      & Omit<T, keyof D>
      & { [K in keyof D]: K extends keyof T ? OrDefault<T[K], D[K]> : unknown }
  : never;

type OrDefault<Value, Default> = Default | (Value & Default) extends Tree
  ? NonNullable<WithDefaults<Value, Default>>
  : Default | NonNullable<Value>;

type Also<Name, A> = Name extends keyof A
  ? Name | (string extends A[Name] ? never : A[Name] extends string ? A[Name] : Members<A[Name]>)
  : Name;

type Members<T> = [T] extends [string[]] ? T[number] : never;

type WithAliases<T, A> = { [K in keyof T as Also<K, A>]: T[K] };

/**
 * The options without `_` and `--`; untyped unless flags, texts or lists are named. As in std,
 * `collect: []` makes it `never`.
 */
export type Values<
  Flag extends Flags,
  Text extends Names,
  List extends Names,
  Off extends Names,
  Default extends Tree | undefined,
  Alias extends Aliases | undefined,
> = [undefined, undefined, undefined] extends [false extends Flag ? undefined : Flag, Text, List]
  // deno-lint-ignore no-explicit-any
  ? Record<string, any>
  : [List] extends [never] ? never
  :
    & Tree
    & WithAliases<
      WithDefaults<
        & Texts<Text, List, Off>
        & Switches<Flag, List>
        & All<Untyped<Exclude<List, Text | Flag>, Off>>,
        Nest<Default>
      >,
      Alias
    >;

/** Names to suggest in `default`; as in std, an empty list of flags or texts takes no defaults. */
type Suggested<Name> = [Name] extends [never] ? never
  :
    & All<Maybe<Each<Name, unknown>>>
    & { [K in Name extends string ? Name : string]?: unknown };

type Rest = {
  /** The words after `--`. */
  "--"?: string[];
};

/** The result of `parseArgs`. */
export type Args<
  // deno-lint-ignore no-explicit-any
  TArgs extends Tree = Record<string, any>,
  TDoubleDash extends boolean | undefined = undefined,
> = Flat<
  & TArgs
  & {
    /** The arguments that belong to no option. */
    _: (string | number)[];
  }
  & (boolean extends TDoubleDash ? Rest : true extends TDoubleDash ? Required<Rest> : Nothing)
>;

/** Options of `parseArgs`. */
export interface ParseOptions<
  TBooleans extends Flags = Flags,
  TStrings extends Names = Names,
  TCollectable extends Names = Names,
  TNegatable extends Names = Names,
  TDefault extends Tree | undefined = Tree | undefined,
  TAliases extends Aliases | undefined = Aliases | undefined,
  TDoubleDash extends boolean | undefined = boolean | undefined,
> {
  /** Keeps the words after `--` in `--`; without it they are in `_`. */
  "--"?: TDoubleDash;
  /** Aliases of each name. */
  alias?: TAliases;
  /** Names of flags, `false` by default; `true` makes every `--name` without a value a flag. */
  boolean?: TBooleans | readonly Extract<TBooleans, string>[];
  /** Default values. */
  default?: TDefault & Flat<Tree & Suggested<TStrings> & Suggested<TBooleans>>;
  /** Puts everything after the first argument that belongs to no option into `_`. */
  stopEarly?: boolean;
  /** Names of options with text values. */
  string?: TStrings | readonly Extract<TStrings, string>[];
  /** Names that may be repeated, as lists; the last value wins for all others. */
  collect?: TCollectable | readonly Extract<TCollectable, string>[];
  /** Names that `--no-name` turns off. */
  negatable?: TNegatable | readonly Extract<TNegatable, string>[];
  /** Called for undeclared options and other words; `false` leaves them out of the result. */
  unknown?: (arg: string, key?: string, value?: unknown) => unknown;
}
