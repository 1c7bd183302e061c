/* Generated from schemas/journal.v1.json by `npm run generate`; change the schema instead. */
import type { ErrorObject } from 'ajv';
import type { JournalLine } from '../model/journal-line.generated.ts';

/** Whether a value is a JournalLine; if not, `errors` holds the first reason until the next call. */
export declare const validate: {
  (value: unknown): value is JournalLine;
  errors?: readonly ErrorObject[] | null;
};
