import { isIP } from 'node:net';
import { canonicalHostName } from '../../lib/host-name.ts';

/** A host and a port as a Host header, a URL or CONNECT names them. */
export type Authority = {
  /** A name in its canonical form, or an address (v6 without brackets). */
  readonly host: string;
  readonly isAddress: boolean;
  /** Absent where none was written. */
  readonly port?: number;
};

const FORM = /^(?:\[(?<v6>[0-9a-fA-F:.]{2,45})\]|(?<plain>[^:[\]]{1,254}))(?::(?<port>[0-9]{1,5}))?$/;

/** Undefined for what is no `HOST` or `HOST:PORT`; user names, zones of addresses and port 0 are none. */
export const parseAuthority = (text: string): Authority | undefined => {
  const groups = FORM.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const port = groups.port === undefined ? undefined : Number(groups.port);
  if (port !== undefined && (port < 1 || port > 65_535)) return undefined;
  const withPort = port === undefined ? {} : { port };
  if (groups.v6 !== undefined) {
    return isIP(groups.v6) === 6 ? { host: groups.v6, isAddress: true, ...withPort } : undefined;
  }
  const plain = groups.plain ?? '';
  if (isIP(plain) === 4) return { host: plain, isAddress: true, ...withPort };
  const host = canonicalHostName(plain);
  return host === undefined ? undefined : { host, isAddress: false, ...withPort };
};
