import { expect, test } from 'vitest';
import {
  HTTP_HEAD_LIMIT_BYTES,
  looksLikeHttp,
  parseHttpHead,
} from '../../../src/keeper/network/http-head.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const request = (line: string, ...headers: readonly string[]): Buffer =>
  bytes(`${[line, ...headers].join('\r\n')}\r\n\r\n`);
const GET = 'GET / HTTP/1.1';

test.each<[string, Buffer, object | undefined]>([
  ['a name', request(GET, 'Host: Example.com'), { host: 'example.com', isAddress: false }],
  [
    'a name and a port',
    request(GET, 'host:example.com:8080 '),
    { host: 'example.com', isAddress: false, port: 8080 },
  ],
  ['an address', request(GET, 'Host: 192.0.2.1'), { host: '192.0.2.1', isAddress: true }],
  [
    'an IPv6 address',
    request(GET, 'Host: [2001:db8::1]:80'),
    { host: '2001:db8::1', isAddress: true, port: 80 },
  ],
  [
    'a whole URL',
    request('GET http://a.example/x HTTP/1.1', 'Host: a.example'),
    { host: 'a.example', isAddress: false },
  ],
  [
    'all of a server',
    request('OPTIONS * HTTP/1.1', 'Host: a.example'),
    { host: 'a.example', isAddress: false },
  ],
  ['HTTP/1.0 without Host', request('GET / HTTP/1.0'), undefined],
  [
    'a body',
    request('POST / HTTP/1.1', 'Host: a.example', 'Content-Length: 5'),
    { host: 'a.example', isAddress: false },
  ],
  [
    'chunks',
    request('POST / HTTP/1.1', 'Host: a.example', 'Transfer-Encoding: chunked'),
    { host: 'a.example', isAddress: false },
  ],
  [
    'values of any bytes',
    request(GET, 'Host: a.example', 'X: \xe4\t b', 'Y:'),
    { host: 'a.example', isAddress: false },
  ],
])('a request for %s', (_what, head, host) => {
  const result = parseHttpHead(Buffer.concat([head, bytes('rest')]));
  expect(result).toMatchObject({ kind: 'head', length: head.length });
  expect(result.kind === 'head' && result.host).toEqual(host);
  for (let length = 0; length < head.length; length += 1) {
    expect(parseHttpHead(head.subarray(0, length))).toEqual({ kind: 'more' });
  }
});

const HOST = 'Host: a.example';
const FORM = 'a header has a form that servers do not agree on';
const LINE = 'its first line is not of HTTP/1';

test.each<[string, Buffer, string]>([
  ['Host twice', request(GET, HOST, 'Host: b.example'), 'Host twice'],
  ['the same Host twice', request(GET, HOST, HOST), 'Host twice'],
  ['Host in two cases', request(GET, HOST, 'hOST: b.example'), 'Host twice'],
  ['no Host', request(GET, 'X: y'), 'no Host'],
  ['an empty Host', request(GET, 'Host:'), 'a Host that is none'],
  ['a Host of two', request(GET, 'Host: a.example, b.example'), 'a Host that is none'],
  ['a Host with a user', request(GET, 'Host: a.example@b.example'), 'a Host that is none'],
  ['a Host with a path', request(GET, 'Host: a.example/b.example'), 'a Host that is none'],
  ['a Host with a number for a port', request(GET, 'Host: a.example:99999'), 'a Host that is none'],
  ['a Host in octal', request(GET, 'Host: 0177.0.0.1'), 'a Host that is none'],
  ['a Host as a number', request(GET, 'Host: 2130706433'), 'a Host that is none'],
  [
    'another URL than Host',
    request('GET http://b.example/ HTTP/1.1', HOST),
    'a target for another host than Host',
  ],
  [
    'another port than Host',
    request('GET http://a.example:81/ HTTP/1.1', HOST),
    'a target for another host than Host',
  ],
  [
    'a user in the URL',
    request('GET http://a.example@b.example/ HTTP/1.1', HOST),
    'a target that is no path',
  ],
  ['a URL of another scheme', request('GET ftp://a.example/ HTTP/1.1', HOST), 'a target that is no path'],
  ['a target that is a name', request('GET b.example HTTP/1.1', HOST), 'a target that is no path'],
  ['CONNECT', request('CONNECT b.example:443 HTTP/1.1', HOST), 'CONNECT'],
  [
    'length and chunks',
    request('POST / HTTP/1.1', HOST, 'Content-Length: 5', 'Transfer-Encoding: chunked'),
    'Content-Length and Transfer-Encoding',
  ],
  [
    'two lengths',
    request('POST / HTTP/1.1', HOST, 'Content-Length: 5', 'Content-Length: 5'),
    'Content-Length twice',
  ],
  [
    'a list of lengths',
    request('POST / HTTP/1.1', HOST, 'Content-Length: 5, 5'),
    'a Content-Length that is no number',
  ],
  [
    'a signed length',
    request('POST / HTTP/1.1', HOST, 'Content-Length: +5'),
    'a Content-Length that is no number',
  ],
  [
    'two encodings',
    request('POST / HTTP/1.1', HOST, 'Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'),
    'Transfer-Encoding twice',
  ],
  [
    'another encoding',
    request('POST / HTTP/1.1', HOST, 'Transfer-Encoding: gzip, chunked'),
    'a Transfer-Encoding that is not chunked',
  ],
  [
    'chunks in HTTP/1.0',
    request('POST / HTTP/1.0', HOST, 'Transfer-Encoding: chunked'),
    'Transfer-Encoding in HTTP/1.0',
  ],
  ['a folded header', request(GET, HOST, 'X: y', ' Host: b.example'), FORM],
  ['a space before the colon', request(GET, 'Host : a.example'), FORM],
  ['no colon', request(GET, HOST, 'X'), FORM],
  ['a bare LF', request(GET, 'X: y\nHost: b.example', HOST), FORM],
  ['a bare CR', request(GET, 'X: y\rHost: b.example', HOST), FORM],
  ['NUL in a value', request(GET, 'Host: a.example\0'), FORM],
  ['a bare LF behind the first line', bytes(`${GET}\n${HOST}\r\n\r\n`), LINE],
  ['an empty line first', request('', GET, HOST), LINE],
  ['two spaces', request('GET  / HTTP/1.1', HOST), LINE],
  ['a tab', request('GET\t/ HTTP/1.1', HOST), LINE],
  ['a space in the target', request('GET / x HTTP/1.1', HOST), LINE],
  ['HTTP/2', request('PRI * HTTP/2.0', '', 'SM'), LINE],
  ['HTTP/0.9', request('GET /', HOST), LINE],
  ['a name of the version in small letters', request('GET / http/1.1', HOST), LINE],
  ['500 headers', request(GET, ...Array.from({ length: 500 }, () => 'a: b')), 'it has too many headers'],
  ['a head without end', bytes(`${GET}\r\nX: ${'y'.repeat(HTTP_HEAD_LIMIT_BYTES)}`), 'its head is too long'],
])('a request with %s is invalid', (_what, head, why) => {
  expect(parseHttpHead(head)).toEqual({ kind: 'invalid', why });
});

test.each<[string, string, 'yes' | 'no' | 'more']>([
  ['nothing', '', 'more'],
  ['half a method', 'GE', 'more'],
  ['a method', 'GET ', 'more'],
  ['a method and half a path', 'GET /some', 'yes'],
  ['a first line', 'GET / HTTP/1.1\r\n', 'yes'],
  ['a first line without its end', 'GET / HTTP/1', 'yes'],
  ['small letters', 'get / http/1.1\n', 'yes'],
  ['a tab', 'GET\t/\tHTTP/1.1\r\n', 'yes'],
  ['empty lines in front', '\r\n\r\nGET / HTTP/1.1\r\n', 'yes'],
  ['a bare CR within', 'GET /\r HTTP/1.1\r\n', 'yes'],
  ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'yes'],
  ['HTTP/0.9', 'GET /\r\n', 'yes'],
  ['SSH', 'SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n', 'no'],
  ['SMTP', 'EHLO example.com\r\n', 'no'],
  ['git', '0032git-upload-pack /p\0host=a\0', 'no'],
  ['Redis', '*1\r\n$4\r\nPING\r\n', 'no'],
  ['AMQP', 'AMQP\0\0\x09\x01', 'no'],
  ['TLS', '\x16\x03\x01', 'no'],
  ['16 KiB of text without a line end', 'a'.repeat(HTTP_HEAD_LIMIT_BYTES), 'no'],
  ['a target of 16 KiB', `GET /${'a'.repeat(HTTP_HEAD_LIMIT_BYTES)}`, 'yes'],
  ['16 KiB of empty lines', '\n'.repeat(HTTP_HEAD_LIMIT_BYTES), 'yes'],
  ['a word of 9 KiB so far', 'a'.repeat(9000), 'more'],
  ['another word and a path', 'OPTIONS rtsp://a.example RTSP/1.0\r\n', 'no'],
  ['JSON', '{"a": "HTTP/1.1"}\n', 'no'],
])('whether it looks like HTTP: %s', (_what, text, expected) => {
  expect(looksLikeHttp(bytes(text))).toBe(expected);
});
