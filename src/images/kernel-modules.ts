/** A module's path below its kernel's folder, for example `kernel/fs/ext4/ext4.ko`. */
export type ModulePath = string;

/** `kernel/fs/ext4/ext4.ko.xz` → `ext4`; `-` and `_` mean the same in a module's name. */
const moduleName = (path: ModulePath): string =>
  (path.split('/').at(-1) ?? path).replace(/\.ko(\.\w+)?$/, '').replaceAll('-', '_');

const parseDependencies = (text: string): ReadonlyMap<ModulePath, readonly ModulePath[]> =>
  new Map(
    text
      .split('\n')
      .filter((line) => line.includes(':'))
      .map((line) => {
        const [path = '', rest = ''] = line.split(':', 2);
        return [path, rest.split(' ').filter((word) => word !== '')];
      }),
  );

/**
 * The modules to load, in an order in which each finds what it needs. A wanted module that is not there is taken as
 * built into the kernel. `modulesDep` is the text of depmod's `modules.dep`.
 */
export const orderModules = (modulesDep: string, wanted: readonly string[]): readonly ModulePath[] => {
  const dependencies = parseDependencies(modulesDep);
  const byName = new Map([...dependencies.keys()].map((path) => [moduleName(path), path]));
  const ordered = new Set<ModulePath>();
  const visited = new Set<ModulePath>();
  const visit = (path: ModulePath | undefined): void => {
    if (path === undefined || visited.has(path)) return;
    visited.add(path);
    for (const needed of dependencies.get(path) ?? []) visit(needed);
    ordered.add(path);
  };
  for (const name of wanted) visit(byName.get(name.replaceAll('-', '_')));
  return [...ordered];
};
