import type { Socket } from 'node:net';
import type { SecretSpec } from '../../model/network.ts';
import type { NetworkNews } from '../network/network-log.ts';

/** Where a request goes: a name in lower case or an address, as the request names it; the port is the dialled one. */
export type GateTarget = { readonly host: string; readonly port: number };

/** A connection that was made, and the address it leads to. */
export type Dialled = { readonly socket: Socket; readonly address: string };

/** How a request names where it goes: its path alone, or its whole URL, for a proxy, with what the proxy wants to know. */
export type RequestForm =
  | { readonly kind: 'origin' }
  | { readonly kind: 'absolute'; readonly headers: readonly (readonly [name: string, value: string])[] };

/** What the guest dialled; `address` is absent for requests that came through the proxy. */
export type Origin = { readonly address?: string; readonly port: number };

/** Why a connection is not made: a rule of the machine, `address` what it was about. */
export class DialRefusedError extends Error {
  readonly rule: string;
  readonly address: string | undefined;
  constructor(rule: string, address?: string) {
    super(`refused by ${rule}`);
    this.name = 'DialRefusedError';
    this.rule = rule;
    this.address = address;
  }
}

export type HttpGateOptions = {
  /** Whether the guest may reach this, by the rules as they are now. */
  readonly decide: (target: GateTarget) => { readonly allowed: boolean; readonly rule: string };
  /** Whether a connection to this address may go on, by the rules as they are now. */
  readonly mayStay?: (target: GateTarget, address: string) => boolean;
  /** Connects to our own resolution of the target; rejects with DialRefusedError or the system's error. */
  readonly dial: (target: GateTarget, signal: AbortSignal, form?: RequestForm['kind']) => Promise<Dialled>;
  /** How requests over plain HTTP are written; by default their path alone. Never rejects. */
  readonly formOf?: (target: GateTarget, signal: AbortSignal) => Promise<RequestForm>;
  /** The machine's secrets as they are now. */
  readonly secrets: () => readonly SecretSpec[];
  /** A fresh value; see source.ts. */
  readonly valueOf: (secret: SecretSpec) => Promise<string>;
  /** The machine's folder, where its authority is. */
  readonly dir: string;
  /** The environment that names the host's own authorities. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly record: (news: NetworkNews) => void;
  readonly now: () => Date;
};

/**
 * One HTTP engine for plain connections and for those whose TLS we end. Both take over a paused socket, of which
 * `first` was read already, and never throw.
 */
export type HttpGate = {
  readonly plain: (socket: Socket, first: Buffer, origin: Origin) => void;
  /** For names that `covers` tells to be a secret's. */
  readonly tls: (socket: Socket, first: Buffer, origin: Origin, serverName: string) => void;
  /** Whether TLS to this name is ended here, because a secret is for it. */
  readonly covers: (serverName: string) => boolean;
  /** Ends what the rules no longer allow. */
  readonly recheck: () => void;
  readonly close: () => void;
};
