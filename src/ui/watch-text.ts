import prettyMilliseconds from 'pretty-ms';
import type { ApplyEvent } from '../model/apply.ts';
import type { WatchEvent } from '../model/watch.ts';
import { renderDiagnostics } from './diagnostics-text.ts';
import { countText } from './network-text.ts';
import { printable } from './printable.ts';

const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const duration = (ms: number): string => prettyMilliseconds(ms, { secondsDecimalDigits: 0 });

const stepsText = (count: number): string => `${count} ${count === 1 ? 'step' : 'steps'}`;

const applyText = (event: ApplyEvent, titles: Map<string, string>): string | undefined => {
  switch (event.event) {
    case 'planned':
      return `applying ${fileName(event.plan.manifest.path)} @ ${event.plan.manifest.revision}: ${stepsText(event.plan.steps.length)}`;
    case 'step-started':
      titles.set(`${event.name} ${event.step}`, event.title);
      return `${event.title} …`;
    case 'step-done':
      return `${titles.get(`${event.name} ${event.step}`) ?? event.step}: done in ${duration(event.elapsedMs)}`;
    case 'recovered':
      return `a step that was cut off was found ${event.as}: ${event.title}`;
    case 'snapshot-dropped':
      return `dropped the old snapshot ${event.snapshot}`;
    case 'rolled-back':
      return `rolled the disk back to ${event.snapshot}`;
    case 'step-failed':
    case 'finished':
      return undefined;
  }
};

const refusedText = ({ count, hosts, moreHosts }: Extract<WatchEvent, { event: 'refused' }>): string => {
  const named = hosts.map(({ host, port, rule }) => `${host}${port === null ? '' : `:${port}`} (${rule})`);
  const more = moreHosts === 0 ? '' : ` and ${moreHosts} more`;
  return `refused ${countText(count, 'connection')} of the machine: ${named.join(', ')}${more}`;
};

const POLICY_TEXT = { report: 'drift is reported', heal: 'drift is healed' } as const;

/** What an event says, without its time and machine; undefined for one that people need not see. */
const textOf = (event: WatchEvent, folder: string, titles: Map<string, string>): string | undefined => {
  switch (event.event) {
    case 'watching':
      return `watching ${event.manifest} (up to ${event.allow} by itself; ${POLICY_TEXT[event.policy]})`;
    case 'undeclared':
      return 'no manifest declares it any more; the machine is kept (agentvm rm deletes it)';
    case 'invalid':
      return `what was good last holds; nothing is changed\n${renderDiagnostics(event.diagnostics, folder).trimEnd()}`;
    case 'apply':
      return applyText(event.apply, titles);
    case 'converged':
      return `is as ${fileName(event.manifest)} @ ${event.revision} declares${event.steps === 0 ? '' : `: ${stepsText(event.steps)} done`}`;
    case 'pending':
      return `waits for your approval: ${event.text}`;
    case 'withheld':
      return [
        'not done without your word, the rest is:',
        ...event.withheld.map(({ grant, text }) => `${grant}: ${text}`),
        `→ If that is what you want, run: ${event.command}`,
      ].join('\n');
    case 'drift':
      return `drift${event.policy === 'report' ? ' (only reported: drift.policy)' : ''}: ${event.drift.map(({ text }) => text).join('; ')}`;
    case 'heal-stopped':
      return `not healed any more: ${event.text}; something undoes it again and again (agentvm retry heals again)`;
    case 'failed': {
      const next =
        event.retryInMs === null
          ? 'waits for you; then: agentvm retry'
          : `tried again in ${duration(event.retryInMs)}`;
      return [`failed: ${event.message}`, ...(event.hint === null ? [] : [`→ ${event.hint}`]), next].join(
        '\n',
      );
    }
    case 'waiting':
      return `waiting: ${event.message}`;
    case 'refused':
      return refusedText(event);
    case 'note':
      return event.text;
    case 'stopped':
      return 'no longer watched; the machine is left as it is';
    case 'condition':
      // The others are told by events of their own.
      return event.condition.reason === 'MachineStopped' ? event.condition.message : undefined;
  }
};

/**
 * Turns events into lines for people, the first of each with time and machine, the others indented; empty for one
 * that says nothing to them. Ends in a newline.
 * @param folder the current folder; files below it are shown relative to it.
 */
export const watchText = (folder: string): ((event: WatchEvent) => string) => {
  const titles = new Map<string, string>();
  return (event) => {
    const text = textOf(event, folder, titles);
    if (text === undefined) return '';
    const subject = event.machine ?? fileName(event.manifest);
    const [first = '', ...others] = printable(text).split('\n');
    const prefix = `${event.at.slice(11, 19)} ${subject === '' ? 'agentvm' : printable(subject)}: `;
    return `${[prefix + first, ...others.map((line) => `  ${line}`)].join('\n')}\n`;
  };
};
