import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const FOLDER = join(import.meta.dirname, '../../schemas');

const ajv = new Ajv2020.default({ allErrors: true, strict: true, allowUnionTypes: true });
addFormats.default(ajv);
for (const file of readdirSync(FOLDER)) ajv.addSchema(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')));

/** Everything in which a document is not what a schema says, `plan.v1` for example; empty for a good one. */
export const schemaErrorsBy = (schema: string, document: unknown): readonly string[] => {
  const validate = ajv.getSchema(`https://agentvm.dev/schemas/${schema}.json`);
  if (validate === undefined) return [`there is no schema ${schema}`];
  validate(document);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};

/** The same by the schema of the document's `kind`. */
export const schemaErrors = (document: { readonly kind?: unknown }): readonly string[] =>
  schemaErrorsBy(`${String(document.kind)}.v1`, document);
