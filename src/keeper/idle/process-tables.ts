/** States of /proc/net/unix: of a client that waits to be let in, and of one that was. */
const OPEN_STATES: readonly string[] = ['02', '03'];

/** What ssh appends to the name of a control socket while it binds it; the kernel goes on showing that name. */
const WHILE_BOUND = /^\.[A-Za-z0-9]{16}$/;

/**
 * How many connections there are to an SSH master, by the text of /proc/net/unix (proc(5)) and the path of its control
 * socket: the master's side of each carries the name that was bound, also before it is accepted, and belongs to the
 * network namespace of its client.
 */
export const countSessions = (table: string, path: string): number =>
  table.split('\n').filter((line) => {
    // Num RefCount Protocol Flags Type St Inode Path; the path may hold blanks.
    const [, state, found] = /^\S+ \S+ \S+ \S+ \S+ (\S+) +\S+ (.*)$/.exec(line) ?? [];
    if (found === undefined || !OPEN_STATES.includes(state ?? '')) return false;
    return found === path || (found.startsWith(path) && WHILE_BOUND.test(found.slice(path.length)));
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
