import { readdir } from 'node:fs/promises';

export type DetectedPackage = {
  readonly name: string;
  /** The file that asks for it. */
  readonly because: string;
};

/** Files that tell a language or a tool, with what Debian needs for it. Node.js is in every guest for the agents. */
const NEEDS: readonly { readonly file: RegExp; readonly packages: readonly string[] }[] = [
  {
    file: /^(pyproject\.toml|requirements.*\.txt|setup\.py|Pipfile)$/,
    packages: ['python3', 'python3-venv', 'python3-pip'],
  },
  { file: /^go\.mod$/, packages: ['golang'] },
  { file: /^Cargo\.toml$/, packages: ['cargo', 'build-essential'] },
  { file: /^Gemfile$/, packages: ['ruby-full', 'build-essential'] },
  { file: /^pom\.xml$/, packages: ['default-jdk-headless', 'maven'] },
  { file: /^build\.gradle(\.kts)?$/, packages: ['default-jdk-headless'] },
  { file: /^composer\.json$/, packages: ['php-cli', 'composer'] },
  { file: /^mix\.exs$/, packages: ['elixir', 'erlang-dev'] },
  { file: /^CMakeLists\.txt$/, packages: ['build-essential', 'cmake'] },
  { file: /^Makefile$/, packages: ['build-essential'] },
];

/** What the files at the top of a project ask for, each package once. */
export const detectPackages = async (folder: string): Promise<readonly DetectedPackage[]> => {
  const names = (await readdir(folder)).sort();
  const found = new Map<string, DetectedPackage>();
  for (const { file, packages } of NEEDS) {
    const because = names.find((name) => file.test(name));
    if (because === undefined) continue;
    for (const name of packages) {
      if (!found.has(name)) found.set(name, { name, because });
    }
  }
  return [...found.values()];
};
