import type { MachineSpec } from '../drivers/driver.ts';
import type { SecretSpec } from '../model/network.ts';
import { isSeedRemembered, rememberSeed, wholeSeed } from './kept.ts';
import type { StepRun } from './steps/step.ts';

/** The guest's own list of authorities, to which the seed program adds those of the host and of the machine. */
const SYSTEM_BUNDLE = '/etc/ssl/certs/ca-certificates.crt';
/** Those that were added, alone. */
const ADDED_BUNDLE = '/etc/agentvm/ca.pem';
const AUTHORITY_FILE = '/usr/local/share/ca-certificates/agentvm-machine.crt';

/** Programs that bring authorities of their own are led to the system's by these. Java of the distribution follows it. */
const AUTHORITY_VARIABLES: Readonly<Record<string, string>> = {
  NODE_EXTRA_CA_CERTS: ADDED_BUNDLE,
  SSL_CERT_FILE: SYSTEM_BUNDLE,
  CURL_CA_BUNDLE: SYSTEM_BUNDLE,
  REQUESTS_CA_BUNDLE: SYSTEM_BUNDLE,
  GIT_SSL_CAINFO: SYSTEM_BUNDLE,
  AWS_CA_BUNDLE: SYSTEM_BUNDLE,
  DENO_TLS_CA_STORE: 'system',
};

/** The environment of sessions: what the manifest says, placeholders, and where to find the machine's authority. */
export const sessionEnvironment = (
  environment: Readonly<Record<string, string>>,
  secrets: readonly SecretSpec[],
): Readonly<Record<string, string>> => ({
  ...(secrets.length === 0 ? {} : AUTHORITY_VARIABLES),
  ...environment,
  ...Object.fromEntries(secrets.map(({ name, placeholder }) => [name, placeholder])),
});

/** A machine has an authority as long as it has secrets. To be called before its seed is put together. */
export const prepareAuthority = async (
  { context, driver, ref }: Pick<StepRun, 'context' | 'driver' | 'ref'>,
  { network }: MachineSpec,
): Promise<void> => {
  if (network.secrets.length > 0) await driver.ensureAuthority?.(context, ref);
  else await driver.dropAuthority?.(ref);
};

/**
 * Has a running guest trust the machine's authority where it was started without it, and none that is no more: with
 * what a start seeds.
 */
export const seedAuthority = async (run: StepRun, spec: MachineSpec): Promise<void> => {
  if (run.driver.ensureAuthority === undefined) return;
  await prepareAuthority(run, spec);
  const { shares: _shares, ...seed } = await wholeSeed(run, spec.seed);
  if (await isSeedRemembered(run, seed, AUTHORITY_FILE)) return;
  await run.guest.mend({ files: [], seed, network: false });
  await rememberSeed(run, spec.seed);
};
