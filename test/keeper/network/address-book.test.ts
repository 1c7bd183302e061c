import { expect, test } from 'vitest';
import { createAddressBook } from '../../../src/keeper/network/address-book.ts';

const world = () => {
  let nowMs = 0;
  return {
    book: createAddressBook(() => new Date(nowMs)),
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
};

test('an address has the names that led to it, each for its time and half a minute', () => {
  const { book, pass } = world();
  book.remember('a.example', ['192.0.2.1', '192.0.2.2'], 60);
  book.remember('b.example', ['192.0.2.1'], 10);
  expect(book.namesOf('192.0.2.1')).toEqual(['a.example', 'b.example']);
  expect(book.namesOf('192.0.2.9')).toEqual([]);
  pass(40_000);
  expect(book.namesOf('192.0.2.1')).toEqual(['a.example']);
  // A later answer of less time does not take from an earlier one.
  book.remember('a.example', ['192.0.2.1'], 1);
  pass(49_000);
  expect(book.namesOf('192.0.2.1')).toEqual(['a.example']);
  pass(1000);
  expect(book.namesOf('192.0.2.1')).toEqual([]);
  expect(book.size()).toBe(1);
});

test('a guest that asks for everything fills no memory: what was told last stays', () => {
  const { book } = world();
  for (let count = 0; count < 100_000; count += 1) {
    book.remember(
      `d${count}.example`,
      [`192.${count >> 16}.${(count >> 8) & 255}.${count & 255}`, '198.51.100.1'],
      60,
    );
  }
  expect(book.size()).toBe(4096);
  expect(book.namesOf('192.1.134.159')).toEqual(['d99999.example']);
  expect(book.namesOf('192.0.0.0')).toEqual([]);
  expect(book.namesOf('198.51.100.1')).toHaveLength(16);
  expect(book.namesOf('198.51.100.1')).toContain('d99999.example');
});
