/** States of /proc/net/unix: of a client that waits to be let in, and of one that was. */
const OPEN_STATES: readonly string[] = ['02', '03'];

/**
 * How many connections there are to the server of a unix socket, by the text of /proc/net/unix (proc(5)): the server's
 * side of each carries the server's path, also before it is accepted, and belongs to the network namespace of its client.
 */
export const countConnections = (table: string, path: string): number =>
  table.split('\n').filter((line) => {
    // Num RefCount Protocol Flags Type St Inode Path; the path may hold blanks.
    const [, state, found] = /^\S+ \S+ \S+ \S+ \S+ (\S+) +\S+ (.*)$/.exec(line) ?? [];
    return found === path && OPEN_STATES.includes(state ?? '');
  }).length;

/** USER_HZ, which every Linux that Node runs on shows to programs as 100. */
const MS_PER_TICK = 10;

/** Processor time of a process, by the text of /proc/PID/stat (proc(5): utime and stime, fields 14 and 15). */
export const cpuMsOf = (stat: string): number => {
  // The name in parentheses may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
};

/** A line of QEMU's `info usernet`: protocol and state, descriptor, source, destination. */
const ESTABLISHED = /^\s*TCP\[(?:ESTABLISHED|SYN_SENT|CLOSE_WAIT)\]\s+-?\d+\s+(\S+)\s/;

/** How many connections a guest on plain user networking has opened, by QEMU's `info usernet`. */
export const countGuestConnections = (usernet: string): number =>
  usernet.split('\n').filter((line) => {
    const source = ESTABLISHED.exec(line)?.[1];
    // What came in through a forwarded port comes from this host.
    return source !== undefined && source !== '127.0.0.1';
  }).length;
