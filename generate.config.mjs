/**
 * Makes from `schemas/*.json` the TypeScript types in src/model and the validators (compiled by ajv, so that
 * start-up pays for no compiler). `--check` writes nothing and fails when a file is not what would be written.
 */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import Ajv2020 from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import addFormats from 'ajv-formats';
import { build } from 'esbuild';
import { compile } from 'json-schema-to-typescript';

/**
 * One line a schema. `types`: where its types go. `validator`: where its validator goes, if the product validates
 * such documents at run time. `written`: by a person, who is told of every mistake at once; of a document of ours the
 * first is enough, and its validator is the smaller for it, which start-up pays for. `refersTo`: other schemas that it
 * names. `nullRemoves`: null in it only removes what a layer has set, so the types, which describe merged documents,
 * leave it out.
 */
const SCHEMAS = [
  {
    schema: 'schemas/agentvm.v1.json',
    types: 'src/model/manifest.generated.ts',
    validator: 'src/manifest/manifest-validator.generated.js',
    written: true,
    nullRemoves: true,
  },
  {
    schema: 'schemas/agent.v1.json',
    types: 'src/model/agent-definition.generated.ts',
    validator: 'src/guest/agent-definition-validator.generated.js',
    written: true,
  },
  { schema: 'schemas/images.v1.json', types: 'src/model/image-catalogue.generated.ts' },
  { schema: 'schemas/base.v1.json', types: 'src/model/base-definition.generated.ts' },
  {
    schema: 'schemas/state.v2.json',
    types: 'src/model/state-document.generated.ts',
    validator: 'src/state/state-validator.generated.js',
  },
  {
    schema: 'schemas/journal.v1.json',
    types: 'src/model/journal-line.generated.ts',
    validator: 'src/state/journal-validator.generated.js',
    refersTo: ['schemas/plan.v1.json', 'schemas/state.v2.json'],
  },
  {
    schema: 'schemas/grants.v1.json',
    types: 'src/model/grants-document.generated.ts',
    validator: 'src/state/grants-validator.generated.js',
    refersTo: ['schemas/plan.v1.json'],
  },
];

const BANNER = (schema) =>
  `/* Generated from ${schema} by \`npm run generate\`; change the schema instead. */\n`;

const isNullSchema = (schema) => schema?.type === 'null';

const withoutNull = (schema) => {
  if (Array.isArray(schema)) return schema.filter((one) => !isNullSchema(one)).map(withoutNull);
  if (schema === null || typeof schema !== 'object') return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, withoutNull(value)]));
  if (Array.isArray(copy.type)) {
    const types = copy.type.filter((one) => one !== 'null');
    copy.type = types.length === 1 ? types[0] : types;
  }
  if (Array.isArray(copy.enum)) copy.enum = copy.enum.filter((one) => one !== null);
  if (copy.anyOf?.length === 1) {
    const { anyOf, ...rest } = copy;
    return { ...anyOf[0], ...rest };
  }
  return copy;
};

/** Finds a schema of ours by its address, on disk. */
const OWN_SCHEMAS = {
  order: 1,
  canRead: /^https:\/\/agentvm\.dev\/schemas\//,
  read: ({ url }) => readFile(`schemas/${url.slice(url.lastIndexOf('/') + 1)}`, 'utf8'),
};

const typesOf = async ({ schema, nullRemoves }, document) =>
  compile(nullRemoves ? withoutNull(document) : document, document.title, {
    bannerComment: BANNER(schema),
    additionalProperties: false,
    enableConstEnums: false,
    style: { singleQuote: true },
    maxItems: -1,
    $refOptions: { resolve: { http: false, own: OWN_SCHEMAS } },
  });

const validatorOf = async ({ schema, refersTo = [], written = false }, document) => {
  const ajv = new Ajv2020({
    allErrors: written,
    strict: true,
    allowUnionTypes: true,
    verbose: written,
    inlineRefs: written,
    code: { source: true, esm: true, lines: true },
  });
  addFormats(ajv);
  for (const other of refersTo) ajv.addSchema(JSON.parse(await readFile(other, 'utf8')));
  const code = standaloneCode(ajv, ajv.compile(document));
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: import.meta.dirname, loader: 'js' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['main'],
    charset: 'utf8',
    legalComments: 'none',
    absWorkingDir: import.meta.dirname,
    preserveSymlinks: true,
    banner: { js: BANNER(schema) },
  });
  return outputFiles[0].text;
};

const declarationOf = ({ schema, types, validator, nullRemoves, written }, { title }) => {
  const toSource = '../'.repeat(validator.split('/').length - 2);
  const importType = `import type { ${title} } from '${toSource}${types.slice('src/'.length)}';\n`;
  return `${BANNER(schema)}import type { ErrorObject } from 'ajv';
${nullRemoves ? '' : importType}
/** Whether a value is a ${title}; if not, \`errors\` holds ${written ? 'every reason' : 'the first reason'} until the next call. */
export declare const validate: {
  (value: unknown): ${nullRemoves ? 'boolean' : `value is ${title}`};
  errors?: readonly ErrorObject[] | null;
};
`;
};

const generate = async (entry) => {
  if (!existsSync(entry.schema)) return [];
  const document = JSON.parse(await readFile(entry.schema, 'utf8'));
  const files = [[entry.types, await typesOf(entry, document)]];
  if (entry.validator !== undefined) {
    files.push([entry.validator, await validatorOf(entry, document)]);
    files.push([entry.validator.replace(/\.js$/, '.d.ts'), declarationOf(entry, document)]);
  }
  return files;
};

const check = process.argv.includes('--check');
process.chdir(import.meta.dirname);
const files = (await Promise.all(SCHEMAS.map(generate))).flat();
let stale = false;
for (const [path, content] of files) {
  const present = await readFile(path, 'utf8').catch(() => undefined);
  if (present === content) continue;
  if (check) {
    stale = true;
    process.stderr.write(`${path} is stale: run \`npm run generate\`\n`);
  } else {
    await writeFile(path, content);
    process.stdout.write(`${path}\n`);
  }
}
process.exitCode = stale ? 1 : 0;
