/** What is told of a machine over time, as Kubernetes tells it of its objects. */
export const CONDITION_TYPES = [
  'Ready',
  'Reconciling',
  'Stalled',
  'Drifted',
  'ConfigValid',
  'PendingApproval',
  'Suspended',
] as const;
export type ConditionType = (typeof CONDITION_TYPES)[number];

/** What is held of one condition now. */
export type Judgement = {
  readonly status: 'True' | 'False' | 'Unknown';
  /** One word in CamelCase, for programs. */
  readonly reason: string;
  /** For people; may be empty. */
  readonly message: string;
};

export type Condition = Judgement & {
  readonly type: ConditionType;
  /** RFC 3339 in UTC: since when the status is what it is. */
  readonly lastTransitionTime: string;
};

/** One of each type. */
export type Conditions = Readonly<Record<ConditionType, Condition>>;

/** What is held of a machine that nobody has looked at yet. */
export const unknownConditions = (at: string): Conditions =>
  Object.fromEntries(
    CONDITION_TYPES.map((type): [ConditionType, Condition] => [
      type,
      { type, status: 'Unknown', reason: 'NotObserved', message: '', lastTransitionTime: at },
    ]),
  ) as Conditions;

/** The conditions with another judgement of one of them. Its time moves only when its status does. */
export const withJudgement = (
  conditions: Conditions,
  type: ConditionType,
  { status, reason, message }: Judgement,
  at: string,
): Conditions => {
  const before = conditions[type];
  const lastTransitionTime = before.status === status ? before.lastTransitionTime : at;
  return { ...conditions, [type]: { type, status, reason, message, lastTransitionTime } };
};

/** An error's or a blocker's code as a condition's reason: `HOST_NOT_READY` → `HostNotReady`. */
export const reasonOfCode = (code: string): string =>
  code
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase())
    .join('');

/** `conditions.json`: what watch held of a machine when something last changed. */
export type ConditionsNote = {
  readonly format: 1;
  /** The process that wrote it, so that it can be told whether it still watches. */
  readonly watch: { readonly pid: number; readonly started: string; readonly since: string };
  readonly conditions: readonly Condition[];
};
