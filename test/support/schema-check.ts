import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const FOLDER = join(import.meta.dirname, '../../schemas');

/** Everything in which a document is not what the schema of its `kind` says; empty for a good one. */
export const schemaErrors = (document: { readonly kind?: unknown }): readonly string[] => {
  const ajv = new Ajv2020.default({ allErrors: true, strict: true, allowUnionTypes: true });
  addFormats.default(ajv);
  for (const file of readdirSync(FOLDER)) ajv.addSchema(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')));
  const validate = ajv.getSchema(`https://agentvm.dev/schemas/${String(document.kind)}.v1.json`);
  if (validate === undefined) return [`there is no schema for the kind '${String(document.kind)}'`];
  validate(document);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};
