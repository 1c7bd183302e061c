import { basename, dirname } from 'node:path';
import type { Context } from '../../lib/context.ts';
import { debounce } from '../../lib/debounce.ts';
import { createLatch } from '../../lib/latch.ts';
import { acquireLock, type Lock } from '../../lib/lock.ts';
import { machineDir } from '../../lib/paths.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { AgentvmError, ExitCode } from '../../model/errors.ts';
import type { Desired } from '../../model/machine.ts';
import type { WatchHappening, WatchOutcome } from '../../model/watch.ts';
import { readAllStates } from '../../state/store.ts';
import { readPoke, watchDir, watchLockPath } from '../../state/watch-place.ts';
import type { Ports } from '../ports.ts';
import { asAgentvmError, WATCH_COMMAND } from './attempt.ts';
import type { Declared } from './config-judgement.ts';
import { createReconciler, type MachineName, type Reconciler } from './reconciler.ts';
import { createRefusalWatch } from './refusals.ts';
import type { Declaration, WatchRequest } from './request.ts';
import { ANY_YAML, createSources, type Folders } from './sources.ts';
import { policyOf } from './version.ts';
import type { Wake } from './wake.ts';

/** A machine that is watched. */
type Member = MachineName & {
  readonly reconciler: Reconciler;
  readonly lock: Lock;
  readonly tellRefusals: ReturnType<typeof createRefusalWatch>;
  manifest: string;
  inputs: readonly string[];
  kind: Declared['kind'];
  /** The last poke that was seen. */
  poke: string | undefined;
};

/** Why to look: which machines to probe beside reading the files. */
type Look = { readonly probe?: 'cheap' | 'deep'; readonly paths?: readonly string[] };

const MACHINE_FILES = new Set(['machine.json', 'run.json', 'suspended.json', 'grants.json']);
const POKE_FILES = new Set(['poke.json']);

const keyOf = ({ name, project }: MachineName): string => `${project.realPath}\0${name}`;

const mergeLooks = (earlier: Look, later: Look): Look => {
  const probe = earlier.probe === 'deep' ? 'deep' : (later.probe ?? earlier.probe);
  return {
    ...(probe === undefined ? {} : { probe }),
    paths: [...new Set([...(earlier.paths ?? []), ...(later.paths ?? [])])],
  };
};

const concerns = ({ file }: Diagnostic, { manifest, inputs }: Member): boolean =>
  file === manifest || inputs.includes(file);

const missingError = (diagnostics: readonly Diagnostic[]): AgentvmError | undefined => {
  const [first] = diagnostics;
  if (first === undefined || !diagnostics.every(({ code }) => code === 'missing-file')) return undefined;
  return new AgentvmError({
    code: 'MANIFEST_MISSING',
    exitCode: ExitCode.usage,
    message: `${first.file}: ${first.message}`,
    ...(first.hint === undefined ? {} : { hint: first.hint }),
  });
};

/**
 * Keeps the machines of watched manifests as they say until it is stopped, or brings them there once. File events and
 * timers are only hints: every look reads all files anew, and every machine goes its own way from there.
 * @throws AgentvmError MANIFEST_MISSING (exit 3), LOCKED (exit 5) when another process watches all of them.
 */
export const watch = async (
  context: Context,
  ports: Ports,
  request: WatchRequest,
): Promise<readonly WatchOutcome[]> => {
  const { paths, clock } = context;
  const { times, stop } = request;
  const members = new Map<string, Member>();
  const toldFaults = new Map<string, string>();
  const toldFailures = new Set<string>();
  let faults: readonly Diagnostic[] = [];
  let locked: AgentvmError | undefined;
  let lastDeepMs = performance.now();
  const hinted = new Set<string>();

  const emitAs =
    (manifest: () => string, machine: string | null) =>
    (happening: WatchHappening): void =>
      request.onEvent({
        kind: 'watch-event',
        version: 1,
        at: clock.now().toISOString(),
        manifest: manifest(),
        machine,
        ...happening,
      });

  const tellFailure = (error: AgentvmError, manifest: string, machine: string | null): void => {
    const { code, message, hint = null } = error;
    if (toldFailures.has(message)) return;
    toldFailures.add(message);
    emitAs(() => manifest, machine)({ event: 'failed', code, message, hint, retryInMs: times.probeMs });
  };

  const formerName = async ({ project, manifestPath }: Desired): Promise<string | undefined> => {
    const { machines } = await readAllStates(paths);
    return machines.find(
      (state) =>
        state.phase === 'ready' &&
        state.manifestPath === manifestPath &&
        state.project.realPath === project.realPath &&
        members.get(keyOf(state))?.kind !== 'valid',
    )?.name;
  };

  const takeUp = async (
    of: MachineName,
    manifest: string,
    desired?: Desired,
  ): Promise<Member | undefined> => {
    const { name, project } = of;
    try {
      const lock = await acquireLock(context, {
        path: watchLockPath(paths, project.realPath, name),
        what: `the machine '${name}' already, by watching it`,
        command: WATCH_COMMAND,
      });
      const emit = emitAs(() => member.manifest, name);
      const member: Member = {
        name,
        project,
        reconciler: createReconciler(
          { context, ports, request, emit, onFound: () => look({}), formerName },
          of,
        ),
        lock,
        tellRefusals: createRefusalWatch(paths, emit),
        manifest,
        inputs: [],
        kind: 'gone',
        poke: (await readPoke(paths, project.realPath))?.id,
      };
      members.set(keyOf(of), member);
      emit({ event: 'watching', allow: request.allow, policy: policyOf(desired) });
      return member;
    } catch (error) {
      const failure = asAgentvmError(error);
      if (failure.code === 'LOCKED') locked = failure;
      tellFailure(failure, manifest, name);
      return undefined;
    }
  };

  /** Machines of a manifest that has never been good since the watch began, by what state says of them. */
  const takeUpFaulty = async (file: string): Promise<void> => {
    const { machines } = await readAllStates(paths);
    for (const state of machines) {
      if (state.manifestPath !== file || state.phase === 'deleting' || members.has(keyOf(state))) continue;
      await takeUp(state, file);
    }
  };

  const tellFaults = (diagnostics: readonly Diagnostic[]): void => {
    const files = new Map<string, Diagnostic[]>();
    for (const one of diagnostics) files.set(one.file, [...(files.get(one.file) ?? []), one]);
    for (const [file, ofFile] of files) {
      const text = JSON.stringify(ofFile);
      if (toldFaults.get(file) === text) continue;
      toldFaults.set(file, text);
      emitAs(() => file, null)({ event: 'invalid', diagnostics: ofFile });
    }
    for (const file of toldFaults.keys()) {
      if (files.has(file)) continue;
      toldFaults.delete(file);
      emitAs(() => file, null)({ event: 'note', text: 'is valid again' });
    }
  };

  const sort = async ({ desired, diagnostics }: Declaration): Promise<void> => {
    faults = diagnostics;
    tellFaults(diagnostics);
    for (const one of desired) {
      const member = members.get(keyOf(one)) ?? (await takeUp(one, one.manifestPath, one));
      if (member === undefined) continue;
      member.manifest = one.manifestPath;
      member.inputs = one.inputs;
      member.kind = 'valid';
      member.reconciler.declare({ kind: 'valid', desired: one });
    }
    for (const file of new Set(diagnostics.map((one) => one.file))) await takeUpFaulty(file);
    const declared = new Set(desired.map(keyOf));
    for (const [key, member] of members) {
      if (declared.has(key)) continue;
      const own = diagnostics.filter((one) => concerns(one, member));
      if (own.length > 0) {
        member.kind = 'invalid';
        member.reconciler.declare({ kind: 'invalid', diagnostics: own });
        continue;
      }
      if (member.kind !== 'gone') emitAs(() => member.manifest, member.name)({ event: 'undeclared' });
      member.kind = 'gone';
      member.reconciler.declare({ kind: 'gone' });
    }
  };

  const foldersOf = ({ place }: Declaration): Folders => {
    const folders = new Map<string, Set<string>>();
    const add = (folder: string, ...names: readonly string[]): void => {
      const known = folders.get(folder) ?? new Set();
      for (const name of names) known.add(name);
      folders.set(folder, known);
    };
    if (place.kind === 'folder') add(place.path, ANY_YAML);
    else add(dirname(place.path), basename(place.path));
    for (const { manifest, inputs, project, reconciler } of members.values()) {
      for (const path of [manifest, ...inputs]) add(dirname(path), basename(path));
      add(watchDir(paths, project.realPath), ...POKE_FILES);
      const id = reconciler.machineId();
      if (id !== undefined) add(machineDir(paths, id), ...MACHINE_FILES);
    }
    return folders;
  };

  const wakeOf = async (member: Member, { probe, paths: touched = [] }: Look): Promise<Wake> => {
    const id = member.reconciler.machineId();
    const dir = id === undefined ? undefined : machineDir(paths, id);
    const isTouched = touched.some((path) => dirname(path) === dir);
    const poke = await readPoke(paths, member.project.realPath);
    const isPoked = poke !== undefined && poke.id !== member.poke;
    member.poke = poke?.id;
    const isMeant = isPoked && (poke.machine === null || poke.machine === member.name);
    const depth = probe ?? (isTouched || isMeant ? 'cheap' : undefined);
    return { ...(depth === undefined ? {} : { probe: depth }), poke: isMeant && poke.retry };
  };

  const sources = createSources(
    (path) => {
      hinted.add(path);
      hints.call();
    },
    (message) =>
      emitAs(
        () => [...members.values()][0]?.manifest ?? '',
        null,
      )({
        event: 'note',
        text: `files cannot be watched (${message}); they are read every ${Math.round(times.probeMs / 1000)} s instead`,
      }),
  );

  const { ask: look, idle } = createLatch(mergeLooks, async (reason: Look) => {
    if (stop.aborted) return;
    try {
      const declaration = await request.load();
      await sort(declaration);
      for (const member of members.values()) {
        member.reconciler.wake(await wakeOf(member, reason));
        await member.tellRefusals(member.reconciler.machineId());
      }
      // What happened before the files were watched is seen by another look.
      if (!request.once && (await sources.renew(foldersOf(declaration)))) look({});
    } catch (error) {
      tellFailure(asAgentvmError(error), '', null);
    }
  });
  const hints = debounce({ quietMs: times.debounceMs, mostMs: times.debounceMostMs }, () => {
    const touched = [...hinted];
    hinted.clear();
    look({ paths: touched });
  });
  const tick = (): void => {
    const isDeep = performance.now() - lastDeepMs >= times.deepProbeMs;
    if (isDeep) lastDeepMs = performance.now();
    look({ probe: isDeep ? 'deep' : 'cheap' });
  };

  const allIdle = async (): Promise<void> => {
    await idle();
    await Promise.all([...members.values()].map(({ reconciler }) => reconciler.idle()));
  };

  const timer = request.once ? undefined : setInterval(tick, times.probeMs);
  try {
    look({});
    await idle();
    if (members.size === 0) {
      const missing = missingError(faults) ?? locked;
      if (missing !== undefined) throw missing;
    }
    if (request.once) await allIdle();
    else if (!stop.aborted) await new Promise((resolve) => stop.addEventListener('abort', resolve));
    return [
      ...[...members.values()].map(({ reconciler }) => reconciler.outcome()),
      ...(faults.length > 0 ? (['invalid'] as const) : []),
      ...(locked === undefined ? [] : (['failed'] as const)),
    ];
  } finally {
    clearInterval(timer);
    hints.cancel();
    await idle();
    await sources.close();
    await Promise.all(
      [...members.values()].map(async ({ reconciler, lock, name, manifest }) => {
        await reconciler.close();
        emitAs(() => manifest, name)({ event: 'stopped' });
        await lock.release();
      }),
    );
  }
};
