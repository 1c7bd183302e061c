/** Imports go one way; the table stands in CONTRIBUTING.md. Each rule carries its reason. */
const may = (name, path, allowed, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: `^src/${path}` },
  to: { path: '^src/', pathNot: [`^src/${path}`, ...allowed.map((one) => `^src/${one}`)] },
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'A cycle hides who depends on whom.',
      from: {},
      to: { circular: true },
    },
    may(
      'model-imports-nothing',
      'model/',
      [],
      'Everyone may import the model, so it must not pull anything in.',
    ),
    {
      name: 'model-without-effects',
      severity: 'error',
      comment: 'The model is types and pure helpers.',
      from: { path: '^src/model/' },
      to: { dependencyTypes: ['core', 'npm'] },
    },
    may(
      'lib-knows-no-domain',
      'lib/',
      ['model/errors', 'model/json'],
      'lib has no domain words; errors are its only link to the model.',
    ),
    may(
      'reconcile-is-pure',
      'reconcile/',
      ['model/', 'lib/hash'],
      'Planning is a pure function of documents.',
    ),
    {
      name: 'reconcile-without-effects',
      severity: 'error',
      comment: 'No clock, no I/O, no randomness in planning.',
      from: { path: '^src/reconcile/' },
      to: { dependencyTypes: ['core', 'npm'] },
    },
    may('manifest', 'manifest/', ['model/', 'lib/'], 'Loading a manifest needs no machine.'),
    may('state', 'state/', ['model/', 'lib/'], 'State is documents on disk.'),
    may('guest', 'guest/', ['model/', 'lib/'], 'The guest is reached over SSH, whatever the driver.'),
    may('images', 'images/', ['model/', 'lib/'], 'Layers know nothing of machines.'),
    may('policy', 'policy/', ['model/', 'lib/'], 'Rules are data.'),
    may(
      'drivers',
      'drivers/',
      ['model/', 'lib/', 'keeper/client', 'keeper/protocol'],
      'Drivers reach a running machine through its keeper.',
    ),
    ...['fake', 'qemu'].map((driver) => ({
      name: `driver-${driver}-alone`,
      severity: 'error',
      comment: 'Drivers never import each other.',
      from: { path: `^src/drivers/${driver}/` },
      to: { path: '^src/drivers/[^/]+/', pathNot: [`^src/drivers/${driver}/`] },
    })),
    may(
      'keeper',
      'keeper/',
      ['model/', 'lib/', 'policy/'],
      'The keeper stays small: it is one process a machine.',
    ),
    may('ui', 'ui/', ['model/', 'lib/context'], 'ui turns data into text.'),
    may(
      'engine',
      'engine/',
      ['model/', 'lib/', 'reconcile/', 'state/', 'guest/', 'images/', 'policy/', 'drivers/driver'],
      'The engine reaches machines through the driver port.',
    ),
    {
      name: 'subprocesses-in-one-place',
      severity: 'error',
      comment: 'lib/exec masks secrets and names what failed; nobody else starts programs.',
      from: { path: '^src/', pathNot: '^src/lib/exec' },
      to: { path: '^(node:)?child_process$|node_modules/execa' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types'] },
  },
};
