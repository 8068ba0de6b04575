// Starts the engine on a log of its own with a simulated day, for all tests, and stops it after the last.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const kPatience = 60_000;

async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + kPatience; Date.now() < end; await pause(50)) {
    const found = await look();
    if (found !== undefined) return found;
  }
  throw new Error(`waited in vain for ${what}`);
}

export default async function setUp() {
  const binary = process.env.CASETRAIL_BINARY ?? '../../build/dev/casetrail';
  const folder = mkdtempSync(join(tmpdir(), 'casetrail-console-'));
  const data = join(folder, 'data');
  const policy = join(import.meta.dirname, '../../../../deploy/policy/example.yaml');
  const log = openSync(join(folder, 'serve.log'), 'w');
  const engine = spawn(
    binary,
    ['serve', '--data', data, '--listen', '127.0.0.1:0', '--policy', policy, '--allow-simulation'],
    {
      stdio: ['ignore', log, log],
    },
  );
  const ended = new Promise<void>((resolve) => engine.once('exit', () => resolve()));
  const stop = async () => {
    engine.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const address = await until('an address', async () => {
      if (engine.exitCode !== null) throw new Error(readFileSync(join(folder, 'serve.log'), 'utf8'));
      const file = join(data, 'address');
      return (existsSync(file) && readFileSync(file, 'utf8').trim()) || undefined;
    });
    process.env.CASETRAIL_URL = `http://${address}`;
    await until('readiness', async () => ((await fetch(`http://${address}/readyz`)).ok ? true : undefined));
    const simulated = await fetch(`http://${address}/v1/simulations?seed=7&cases=320`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    });
    if (!simulated.ok) throw new Error(await simulated.text());
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}
