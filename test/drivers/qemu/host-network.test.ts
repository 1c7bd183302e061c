import { expect, test } from 'vitest';
import { checkNetwork, checkProxy } from '../../../src/drivers/qemu/host-network.ts';
import { testContext } from '../../support/context.ts';
import { tempFolder } from '../../support/temp-folder.ts';

test.skipIf(process.platform !== 'linux')('a cage has its network where the host lets it', async () => {
  const context = testContext(await tempFolder());
  const wall = await checkNetwork(context, undefined);
  // Some hosts refuse; what stands then is said either way.
  expect([wall.name, wall.mend === undefined]).toEqual(['cage network', wall.status === 'ok']);
  expect(await checkNetwork(context, 'unshare: not permitted')).toMatchObject({
    status: 'warning',
    found:
      'refused (unshare: not permitted): the second wall stands, so that only programs that use a proxy reach anything',
  });
});

test('the proxy of this host is told without its password', () => {
  const foundFor = (env: Readonly<Record<string, string>>) => {
    const { status, found } = checkProxy({ env });
    return `${status}: ${found}`;
  };
  expect([
    foundFor({}),
    foundFor({ HTTPS_PROXY: '' }),
    foundFor({ HTTPS_PROXY: 'http://me:hidden@proxy.corp:3128/' }),
    foundFor({ https_proxy: 'proxy.corp:3128', HTTP_PROXY: 'http://proxy.corp:3128' }),
    foundFor({ http_proxy: 'http://a:1', ALL_PROXY: 'socks5://b:2' }),
    foundFor({ HTTP_PROXY: 'http://me:hidden@:bad:' }),
  ]).toEqual([
    'ok: none: keepers dial by themselves',
    'ok: none: keepers dial by themselves',
    'ok: keepers dial through http://proxy.corp:3128; guests need to know nothing',
    'ok: keepers dial through http://proxy.corp:3128; guests need to know nothing',
    'ok: keepers dial through http://a:1 and socks5://b:2; guests need to know nothing',
    'warning: HTTP_PROXY cannot be read as an address',
  ]);
});
