import { expect, test } from 'vitest';
import { seededGuest } from '../../src/model/guest-files.ts';

test('what the seed program makes of a whole seed', () => {
  expect(
    seededGuest({
      hostname: 'demo\n',
      user: 'ada 1000 1001 /home/ada /bin/zsh\n',
      timezone: 'Europe/Berlin\n',
      locale: 'de_DE.UTF-8\n',
      environment:
        'http_proxy=http://10.0.2.2:3128\nHTTP_PROXY=http://10.0.2.2:3128\nhttps_proxy=http://odd"\nno_proxy=localhost\n',
      shares: 'workspace\t/home/ada/demo\trw\n',
      authorized_keys: 'ssh-ed25519 AAAA agentvm',
      ssh_host_ed25519_key: 'PRIVATE\n',
      'ca/b.crt': 'B\n',
      'ca/a.crt': 'A',
    }),
  ).toMatchInlineSnapshot(`
    {
      "files": {
        "/etc/agentvm/ca.pem": [
          "A
    B
    ",
        ],
        "/etc/apt/apt.conf.d/95agentvm-proxy": [
          "Acquire::http::Proxy "http://10.0.2.2:3128";
    Acquire::http::Proxy "http://10.0.2.2:3128";
    ",
        ],
        "/etc/default/locale": [
          "LANG=de_DE.UTF-8
    ",
          "LANG=C.UTF-8
    ",
        ],
        "/etc/environment": [
          "http_proxy=http://10.0.2.2:3128
    HTTP_PROXY=http://10.0.2.2:3128
    https_proxy=http://odd"
    no_proxy=localhost
    NODE_EXTRA_CA_CERTS=/etc/agentvm/ca.pem
    ",
        ],
        "/etc/hostname": [
          "demo
    ",
        ],
        "/etc/hosts": [
          "127.0.0.1	localhost
    127.0.1.1	demo
    ::1	localhost ip6-localhost ip6-loopback
    ",
        ],
        "/etc/ssh/agentvm_authorized_keys": [
          "ssh-ed25519 AAAA agentvm
    ",
        ],
        "/etc/ssh/agentvm_ssh_host_ed25519_key": [
          "PRIVATE
    ",
        ],
        "/etc/sudoers.d/agentvm": [
          "ada ALL=(ALL:ALL) NOPASSWD: ALL
    ",
        ],
        "/etc/timezone": [
          "Europe/Berlin
    ",
          "Etc/UTC
    ",
        ],
        "/usr/local/share/ca-certificates/agentvm-a.crt": [
          "A
    ",
        ],
        "/usr/local/share/ca-certificates/agentvm-b.crt": [
          "B
    ",
        ],
      },
      "hostname": "demo",
      "user": {
        "gid": 1001,
        "home": "/home/ada",
        "name": "ada",
        "uid": 1000,
      },
    }
  `);
});

test('a guest whose user is root needs no sudo, and one without proxies and certificates has empty settings', () => {
  const { files, user } = seededGuest({
    user: 'root 0 0 /root /bin/bash\n',
    locale: 'C.UTF-8\n',
    environment: '',
  });
  expect([files, user]).toEqual([
    {
      '/etc/default/locale': ['LANG=C.UTF-8\n'],
      '/etc/environment': [''],
      '/etc/apt/apt.conf.d/95agentvm-proxy': [''],
    },
    { name: 'root', uid: 0, gid: 0, home: '/root' },
  ]);
});

test('an empty seed makes nothing', () => {
  expect(seededGuest({})).toEqual({ files: {}, hostname: null, user: null });
});
