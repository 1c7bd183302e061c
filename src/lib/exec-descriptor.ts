import { spawn } from 'node:child_process';

export type DescriptorResult = { readonly exitCode: number; readonly stderr: string };

/** The descriptor's number in the program that inherits it. */
export const INHERITED_DESCRIPTOR = 3;

/**
 * Runs a program that inherits one of our open files as descriptor 3, and waits for it. What it does to the open
 * file description (an flock, for example) stays with us after it has ended.
 * @throws the system's error when the program cannot be started; the signal's reason after an abort.
 */
export const execWithDescriptor = (
  file: string,
  args: readonly string[],
  descriptor: number,
  signal: AbortSignal,
): Promise<DescriptorResult> =>
  new Promise((resolve, reject) => {
    const child = spawn(file, [...args], { stdio: ['ignore', 'ignore', 'pipe', descriptor], signal });
    let stderr = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.once('error', (error) => reject(signal.aborted ? signal.reason : error));
    child.once('close', (code) => resolve({ exitCode: code ?? 1, stderr }));
  });
