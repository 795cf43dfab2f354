import { parseInstant } from './instant.ts';

export type Json = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const NOTHING = {};

/** An answer lacks a required property; `where` names it, as in `assets[3].adamId`. */
export class ShapeError extends Error {
  readonly where: string;

  constructor(where: string) {
    super(where);
    this.where = where;
  }
}

/**
 * Reads one of Apple's objects leniently: any property may be absent, null, or of another type than documented (it then
 * reads as null), and `rest` returns the properties that weren't read. Only `need…` insists.
 */
export class Fields {
  readonly raw: Json;
  readonly where: string;
  readonly #read = new Set<string>();

  constructor(raw: unknown, where: string) {
    if (!isObject(raw)) throw new ShapeError(where || 'an object');
    this.raw = raw;
    this.where = where;
  }

  #done<T>(name: string, value: T | null): T | null {
    if (value !== null || this.raw[name] === null) this.#read.add(name);
    return value;
  }

  /** A number is read as its digits: IDs are strings in one place and integers in another. */
  text(name: string): string | null {
    const value = this.raw[name];
    return this.#done(name, typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null);
  }

  needText(name: string): string {
    return this.text(name) ?? this.#lacks(name);
  }

  count(name: string): number | null {
    const value = this.raw[name];
    if (typeof value === 'string' && /^-?\d{1,15}$/.test(value)) return this.#done(name, Number(value));
    return this.#done(name, typeof value === 'number' ? value : null);
  }

  flag(name: string): boolean | null {
    const value = this.raw[name];
    return this.#done(name, typeof value === 'boolean' ? value : null);
  }

  instant(name: string): Date | null {
    const value = this.raw[name];
    return this.#done(name, typeof value === 'string' ? parseInstant(value) : null);
  }

  /** Returns the strings of a list without anything else in it. Empty if there is no list. */
  texts(name: string): string[] {
    const value = this.raw[name];
    if (!Array.isArray(value)) return [];
    this.#read.add(name);
    return value.filter((entry) => typeof entry === 'string');
  }

  /** Returns the objects of a list. An absent list is empty; a list with anything but objects is refused. */
  rows<T>(name: string, read: (row: Fields) => T): T[] {
    const value = this.raw[name];
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value)) return this.#lacks(name);
    this.#read.add(name);
    return value.map((row, index) => read(new Fields(row, `${this.#path(name)}[${index}]`)));
  }

  child<T>(name: string, read: (child: Fields) => T): T | null {
    const value = this.raw[name];
    return this.#done(name, isObject(value) ? read(new Fields(value, this.#path(name))) : null);
  }

  /** Reads an open map with values of one type; other entries are left out. */
  map<T>(name: string, isWanted: (value: unknown) => value is T): Record<string, T> {
    const value = this.raw[name];
    if (!isObject(value)) return {};
    this.#read.add(name);
    return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, T] => isWanted(entry[1])));
  }

  /** Returns `{ other }` with everything that wasn't read, or an empty object; made to be spread. */
  rest(): { readonly other?: Json } {
    const left = Object.keys(this.raw).filter((name) => !this.#read.has(name));
    return left.length === 0 ? NOTHING : { other: Object.fromEntries(left.map((name) => [name, this.raw[name]])) };
  }

  #path(name: string): string {
    return this.where === '' ? name : `${this.where}.${name}`;
  }

  #lacks(name: string): never {
    throw new ShapeError(this.#path(name));
  }
}
