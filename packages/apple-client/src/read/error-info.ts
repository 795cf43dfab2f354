import type { ErrorInfo } from '../errors/apple-refusal.ts';
import { isObject, type Json } from './fields.ts';

/** Returns the error number of a body, if it is an error. Zero means success in the legacy API. */
export function readErrorNumber(body: Json): number | null {
  const value = body.errorNumber;
  const number = typeof value === 'string' && /^-?\d{1,10}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && number !== 0 ? number : null;
}

/**
 * Returns number and message of the first error in the catalog's form, `{ errors: [{ code: "40300", title, detail }]
 * }`.
 * Source: handling-requests-and-responses (documented).
 */
export function readCatalogError(body: Json): { readonly errorNumber: number; readonly errorMessage: string } | null {
  const first = objects(body.errors).find(({ code }) => typeof code === 'string' && /^\d{1,9}$/.test(code));
  if (!first) return null;
  const words = [first.title, first.detail].filter((word) => typeof word === 'string');
  return { errorNumber: Number(first.code), errorMessage: words.join(': ') };
}

/** Reads the IDs of an error. An empty object is common, and a misshapen one must not cause a failure. */
export function readErrorInfo(value: unknown, clean: (text: string) => string = (text) => text): ErrorInfo {
  const info = isObject(value) ? value : {};
  return {
    assets: objects(info.assets)
      .filter((asset) => typeof asset.adamId === 'string' || typeof asset.adamId === 'number')
      .map((asset) => ({
        adamId: clean(String(asset.adamId)),
        pricingParam: typeof asset.pricingParam === 'string' ? clean(asset.pricingParam) : null,
      })),
    clientUserIds: texts(info.clientUserIds).map(clean),
    serialNumbers: texts(info.serialNumbers).map(clean),
  };
}

function objects(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}
