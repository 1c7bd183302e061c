import { readFile } from 'node:fs/promises';

/** A line of names and, after it, a line of values, both begun by the protocol's word (proc(5), /proc/net/snmp). */
const valuesOf = (text: string, protocol: string): Readonly<Record<string, number>> => {
  const [names = [], values = []] = text
    .split('\n')
    .filter((line) => line.startsWith(`${protocol}: `))
    .map((line) => line.split(' ').slice(1));
  return Object.fromEntries(names.map((name, index) => [name, Number(values[index])]));
};

/** Connections and datagrams for which nobody listened, from the counters of a network namespace. */
export const parseUnheard = (text: string): number =>
  (valuesOf(text, 'Tcp').AttemptFails ?? 0) + (valuesOf(text, 'Udp').NoPorts ?? 0);

/** The same for the namespace that a process is in; undefined when that has ended. */
export const readUnheard = async (pid: number): Promise<number | undefined> =>
  readFile(`/proc/${pid}/net/snmp`, 'utf8').then(parseUnheard, () => undefined);
