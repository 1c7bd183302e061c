/* Generated from schemas/grants.v1.json by `npm run generate`; change the schema instead. */
import type { ErrorObject } from 'ajv';
import type { GrantsDocument } from '../model/grants-document.generated.ts';

/** Whether a value is a GrantsDocument; if not, `errors` holds the first reason until the next call. */
export declare const validate: {
  (value: unknown): value is GrantsDocument;
  errors?: readonly ErrorObject[] | null;
};
