import { expect, test } from 'vitest';
import { addEntries } from '../../src/manifest/add-entries.ts';

const HEAD = 'apiVersion: agentvm/v1 # the format\nname: demo\n';

/** What becomes of a manifest whose head is always the same. */
const added = (rest: string, names: readonly string[] = ['fd', 'tree']): string | undefined =>
  addEntries(HEAD + rest, 'demo', ['base', 'packages'], names)?.replace(HEAD, '');

test.each([
  [
    'a list in brackets',
    'base: {packages: [jq,  git]} # tools\n',
    'base: {packages: [jq,  git, fd, tree]} # tools\n',
  ],
  ['an empty list', 'base:\n  packages: []\n', 'base:\n  packages: [fd, tree]\n'],
  [
    'a list over several lines',
    'base:\n  packages: [\n    jq, # json\n    git,\n  ]\n',
    'base:\n  packages: [\n    jq, # json\n    git, fd, tree,\n  ]\n',
  ],
  [
    'a list of lines with comments',
    'base:\n  packages:\n    - jq # json\n    # for the history\n    - git # last\n\nports: [80]\n',
    'base:\n  packages:\n    - jq # json\n    # for the history\n    - git # last\n    - fd\n    - tree\n\nports: [80]\n',
  ],
  [
    'a list at the end without a newline',
    'base:\n  packages:\n  - jq',
    'base:\n  packages:\n  - jq\n  - fd\n  - tree',
  ],
  [
    'a section without a list',
    'base: # what it is made of\n  image: debian-12\n',
    'base: # what it is made of\n  packages: [fd, tree]\n  image: debian-12\n',
  ],
  ['a section in braces', 'base: {image: debian-12}\n', 'base: {image: debian-12, packages: [fd, tree]}\n'],
])('names are added to %s, and nothing else moves', (_what, before, after) => {
  expect(added(before)).toBe(after);
});

test('a manifest without a section gets one behind its first line', () => {
  expect(addEntries(`${HEAD}ports: [80]\n`, 'demo', ['base', 'packages'], ['fd'])).toBe(
    'apiVersion: agentvm/v1 # the format\nbase:\n  packages: [fd]\nname: demo\nports: [80]\n',
  );
});

test('names that YAML would read as something else are quoted', () => {
  expect(added('base: {packages: [jq]}\n', ['null', '1e3', '0ad', 'g++'])).toBe(
    'base: {packages: [jq, "null", "1e3", 0ad, g++]}\n',
  );
});

test('of several documents the named one is edited', () => {
  const text =
    'apiVersion: agentvm/v1\nname: one\n---\napiVersion: agentvm/v1\nname: two\nbase: {packages: [jq]}\n';
  expect(addEntries(text, 'two', ['base', 'packages'], ['fd'])).toBe(text.replace('[jq]', '[jq, fd]'));
  expect(addEntries(text, 'three', ['base', 'packages'], ['fd'])).toBeUndefined();
});

test.each([
  'base: *shared\n',
  'base: {packages: &list [jq]}\nx: *list\n',
  'base:\n  packages: jq\n',
  'base: {packages: [jq]\n',
  '- a\n- list\n',
])('what cannot be edited for sure is left alone: %j', (rest) => {
  expect(added(rest)).toBeUndefined();
});

test.each([
  [
    'a section without it',
    'network:\n  # for git\n  ports: [9418]\n',
    'network:\n  # for git\n  egress: {allow: [pypi.org, "*.example"]}\n  ports: [9418]\n',
  ],
  [
    'a word in its place',
    'network: {egress: none} # so far\n',
    'network: {egress: {allow: [pypi.org, "*.example"]}} # so far\n',
  ],
  [
    'a word on its line',
    'network:\n  egress: none # so far\n',
    'network:\n  egress: {allow: [pypi.org, "*.example"]} # so far\n',
  ],
  [
    'a list in brackets',
    'network: {egress: {allow: [a.example], deny: [b.example]}}\n',
    'network: {egress: {allow: [a.example, pypi.org, "*.example"], deny: [b.example]}}\n',
  ],
  [
    'a list of lines with comments',
    'network:\n  egress:\n    allow:\n      # the code\n      - github.com # and all of it\n    deny: []\n',
    'network:\n  egress:\n    allow:\n      # the code\n      - github.com # and all of it\n      - pypi.org\n      - "*.example"\n    deny: []\n',
  ],
])('entries three levels deep go into %s', (_name, rest, expected) => {
  expect(
    addEntries(HEAD + rest, 'demo', ['network', 'egress', 'allow'], ['pypi.org', '*.example'])?.replace(
      HEAD,
      '',
    ),
  ).toBe(expected);
});

test('entries three levels deep make a section of their own', () => {
  expect(addEntries(`${HEAD}ports: [80]\n`, 'demo', ['network', 'egress', 'allow'], ['pypi.org'])).toBe(
    'apiVersion: agentvm/v1 # the format\nnetwork:\n  egress: {allow: [pypi.org]}\nname: demo\nports: [80]\n',
  );
});
