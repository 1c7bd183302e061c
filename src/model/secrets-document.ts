import type { SecretSource } from './network.ts';

/** What `agentvm secret list --json` prints: schemas/secrets.v1.json. Never a value. */
export type SecretsDocument = {
  readonly kind: 'secrets';
  readonly version: 1;
  readonly machine: string;
  readonly secrets: readonly {
    readonly name: string;
    readonly source: SecretSource;
    readonly hosts: readonly string[];
    /** RFC 3339 in UTC: when a request carried it last, as far as the log of connections goes back; null for never. */
    readonly lastUsedAt: string | null;
  }[];
};
