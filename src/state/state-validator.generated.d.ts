/* Generated from schemas/state.v2.json by `npm run generate`; change the schema instead. */
import type { ErrorObject } from 'ajv';
import type { StateDocument } from '../model/state-document.generated.ts';

/** Whether a value is a StateDocument; if not, `errors` holds the first reason until the next call. */
export declare const validate: {
  (value: unknown): value is StateDocument;
  errors?: readonly ErrorObject[] | null;
};
