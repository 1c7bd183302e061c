import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

export type ModelServer = { readonly port: number; readonly stop: () => void };

/** The quickstart's own model server, on a free port of every address that the guest can reach. */
export const startModelServer = async (): Promise<ModelServer> => {
  const child = spawn(process.execPath, [resolve('examples/quickstart/model-server.mjs'), '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const port = /:(\d+)/.exec(line)?.[1];
    if (port !== undefined) return { port: Number(port), stop: () => void child.kill() };
  }
  throw new Error('the model server ended before it listened');
};
