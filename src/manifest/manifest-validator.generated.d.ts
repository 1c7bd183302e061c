/* Generated from schemas/agentvm.v1.json by `npm run generate`; change the schema instead. */
import type { ErrorObject } from 'ajv';

/** Whether a value is a Manifest; if not, `errors` holds every reason until the next call. */
export declare const validate: {
  (value: unknown): boolean;
  errors?: readonly ErrorObject[] | null;
};
