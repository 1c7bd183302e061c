import type { SecretSource } from '../model/network.ts';

/** Where a value comes from, as a phrase; never the value. */
export const sourceText = (source: SecretSource): string => {
  switch (source.from) {
    case 'env':
      return `environment variable ${source.variable}`;
    case 'file':
      return `file ${source.path}`;
    case 'keyring':
      return `keyring, ${source.service} of ${source.account}`;
    case 'command':
      return `command ${source.command.join(' ')}`;
  }
};
