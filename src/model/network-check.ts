/** What a rule says, and which: the entry, or the word for a built-in one. */
export type RuleWord = { readonly allowed: boolean; readonly rule: string };

/** What `agentvm network check --json` prints: schemas/network-check.v1.json. */
export type NetworkCheckDocument = {
  readonly kind: 'network-check';
  readonly version: 1;
  readonly machine: string;
  readonly host: string;
  readonly port: number;
  /** Whether the guest may reach it, by name and address. */
  readonly allowed: boolean;
  readonly rule: string;
  /** How the host's resolver answered; null where nothing was to be resolved or the rules forbid it. */
  readonly resolution: {
    readonly kind: 'found' | 'missing' | 'empty' | 'failed';
    readonly why: string | null;
  } | null;
  /** What it resolves to, each by its own rule. */
  readonly addresses: readonly (RuleWord & { readonly address: string })[];
  /** What came of a connection; null where none was tried. */
  readonly answer:
    | { readonly kind: 'answered'; readonly address: string; readonly elapsedMs: number }
    | { readonly kind: 'failed'; readonly why: string }
    | null;
};
