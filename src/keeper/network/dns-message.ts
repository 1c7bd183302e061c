import { type Answer, decode, encode, type RecordType } from 'dns-packet';
import { canonicalHostName } from '../../lib/host-name.ts';

/** A question of the guest's. */
export type DnsQuery = {
  readonly kind: 'query';
  readonly id: number;
  /** As it was asked, which the answer repeats: some ask in letters of mixed case against forgery. */
  readonly question: { readonly name: string; readonly type: RecordType };
  /** The name in its canonical form. */
  readonly name: string;
  readonly isRecursionDesired: boolean;
  /** The most bytes that an answer over UDP may have. */
  readonly udpLimitBytes: number;
  readonly hasEdns: boolean;
};

/** `drop`: what gets no answer. `fault`: what gets an answer of a header alone. */
export type DnsQueryResult =
  | DnsQuery
  | { readonly kind: 'drop' }
  | { readonly kind: 'fault'; readonly answer: Buffer };

/** RFC 1035, section 4.1.1. */
export type DnsCode = 'NOERROR' | 'FORMERR' | 'SERVFAIL' | 'NXDOMAIN' | 'NOTIMP' | 'REFUSED';
const CODES: Readonly<Record<DnsCode, number>> = {
  NOERROR: 0,
  FORMERR: 1,
  SERVFAIL: 2,
  NXDOMAIN: 3,
  NOTIMP: 4,
  REFUSED: 5,
};

/** A question of one name takes 271 bytes; options and padding of real stubs fit, more is not a question. */
const QUERY_LIMIT_BYTES = 1024;
const HEADER_BYTES = 12;
/** Without EDNS, RFC 1035; with it, what passes every network without fragments (DNS Flag Day 2020). */
const PLAIN_LIMIT_BYTES = 512;
const EDNS_LIMIT_BYTES = 1232;
const TCP_LIMIT_BYTES = 65_535;

const IS_RESPONSE = 0x8000;
const TRUNCATED = 0x0200;
const RECURSION_DESIRED = 0x0100;
const RECURSION_AVAILABLE = 0x0080;
const opcodeOf = (flags: number): number => (flags >> 11) & 15;

const fault = (id: number, code: DnsCode): DnsQueryResult => {
  const answer = Buffer.alloc(HEADER_BYTES);
  answer.writeUInt16BE(id, 0);
  answer.writeUInt16BE(IS_RESPONSE | RECURSION_AVAILABLE | CODES[code], 2);
  return { kind: 'fault', answer };
};

/** Reads what the guest sent to its resolver. Never throws, whatever the bytes. */
export const parseDnsQuery = (bytes: Buffer): DnsQueryResult => {
  if (bytes.length < HEADER_BYTES) return { kind: 'drop' };
  const id = bytes.readUInt16BE(0);
  const flags = bytes.readUInt16BE(2);
  // Whoever answers answers ends in a loop.
  if ((flags & IS_RESPONSE) !== 0) return { kind: 'drop' };
  if (bytes.length > QUERY_LIMIT_BYTES) return fault(id, 'FORMERR');
  if (opcodeOf(flags) !== 0) return fault(id, 'NOTIMP');
  const [questions, answers, authorities, additionals] = [4, 6, 8, 10].map((at) => bytes.readUInt16BE(at));
  // Counted before the library reads on: it makes an object of each.
  if (questions !== 1 || answers !== 0 || authorities !== 0 || (additionals ?? 2) > 1)
    return fault(id, 'FORMERR');
  try {
    const packet = decode(bytes);
    const question = packet.questions?.[0];
    if (question === undefined) return fault(id, 'FORMERR');
    if ((question.class ?? 'IN') !== 'IN') return fault(id, 'REFUSED');
    const name = canonicalHostName(question.name);
    if (name === undefined) return fault(id, 'REFUSED');
    const edns = packet.additionals?.find((one) => one.type === 'OPT');
    const wanted = edns?.type === 'OPT' ? edns.udpPayloadSize : PLAIN_LIMIT_BYTES;
    return {
      kind: 'query',
      id,
      question: { name: question.name, type: question.type },
      name,
      isRecursionDesired: (flags & RECURSION_DESIRED) !== 0,
      udpLimitBytes: Math.min(EDNS_LIMIT_BYTES, Math.max(PLAIN_LIMIT_BYTES, wanted)),
      hasEdns: edns !== undefined,
    };
  } catch {
    return fault(id, 'FORMERR');
  }
};

/** An answer that repeats the question; over UDP one that is too long tells so and is empty, the guest asks by TCP. */
export const encodeDnsAnswer = (
  query: DnsQuery,
  code: DnsCode,
  answers: readonly Answer[],
  transport: 'udp' | 'tcp',
): Buffer => {
  const make = (list: readonly Answer[], flags: number): Buffer =>
    encode({
      type: 'response',
      id: query.id,
      flags: flags | RECURSION_AVAILABLE | (query.isRecursionDesired ? RECURSION_DESIRED : 0) | CODES[code],
      questions: [query.question],
      answers: [...list],
      additionals: query.hasEdns
        ? [
            {
              type: 'OPT',
              name: '.',
              udpPayloadSize: EDNS_LIMIT_BYTES,
              extendedRcode: 0,
              ednsVersion: 0,
              flags: 0,
              flag_do: false,
              options: [],
            },
          ]
        : [],
    });
  const whole = make(answers, 0);
  const limit = transport === 'udp' ? query.udpLimitBytes : TCP_LIMIT_BYTES;
  return whole.length <= limit ? whole : make([], TRUNCATED);
};
