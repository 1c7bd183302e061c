/** A line of QEMU's `info usernet`: protocol and state, descriptor, source, destination. */
const FORWARD = /^\s*TCP\[HOST_FORWARD\]\s+\d+\s+127\.0\.0\.1\s+(\d+)\s+\S+\s+22\s/m;

/** The host port that QEMU chose for the guest's SSH server, from the answer to `info usernet`. */
export const parseSshPort = (text: string): number | undefined => {
  const port = FORWARD.exec(text)?.[1];
  return port === undefined ? undefined : Number(port);
};
