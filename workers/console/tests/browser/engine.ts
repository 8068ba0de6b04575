// The engine that the tests ask: on an embedded log of its own, or on topics of its own where CASETRAIL_TEST_KAFKA is the folder of a broker.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const kPatience = 60_000;
const kPolicy = join(import.meta.dirname, '../../../../deploy/policy/example.yaml');

export async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + kPatience; Date.now() < end; await pause(50)) {
    const found = await look();
    if (found !== undefined) return found;
  }
  throw new Error(`waited in vain for ${what}`);
}

export const binary = process.env.CASETRAIL_BINARY ?? '../../build/dev/casetrail';

export class Engine {
  url = '';
  private readonly folder = mkdtempSync(join(tmpdir(), 'casetrail-console-'));
  private listen = '127.0.0.1:0';
  private process: ChildProcess | undefined;
  private readonly environment = { ...process.env, ...this.brokers() };

  /** `options` of `casetrail serve`, beside those that every test needs. */
  constructor(private readonly options: string[] = []) {}

  private brokers() {
    const kafka = process.env.CASETRAIL_TEST_KAFKA;
    if (!kafka) return {};
    const bootstrap = readFileSync(join(kafka, 'bootstrap'), 'utf8').trim();
    return { CASETRAIL_BROKERS: bootstrap, CASETRAIL_TOPIC_PREFIX: `${basename(this.folder)}.` };
  }

  /** On the same log and at the same address as before. */
  async start() {
    const env = this.environment;
    const data = join(this.folder, 'data');
    const log = openSync(join(this.folder, 'serve.log'), 'a');
    if (process.env.CASETRAIL_TEST_KAFKA) execFileSync(binary, ['topics', 'create', '--data', data], { env });
    const engine = spawn(
      binary,
      ['serve', '--data', data, '--listen', this.listen, '--policy', kPolicy, '--allow-simulation', ...this.options],
      { env, stdio: ['ignore', log, log] },
    );
    this.process = engine;
    this.listen = await until('an address', async () => {
      if (engine.exitCode !== null) throw new Error(readFileSync(join(this.folder, 'serve.log'), 'utf8'));
      const file = join(data, 'address');
      return (existsSync(file) && readFileSync(file, 'utf8').trim()) || undefined;
    });
    this.url = `http://${this.listen}`;
    await until('readiness', async () =>
      (await fetch(`${this.url}/readyz`).catch(() => null))?.ok ? true : undefined,
    );
  }

  async simulate(cases: number) {
    const simulated = await fetch(`${this.url}/v1/simulations?seed=7&cases=${cases}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    });
    if (!simulated.ok) throw new Error(await simulated.text());
  }

  async stop() {
    const engine = this.process;
    if (!engine || engine.exitCode !== null) return;
    const ended = new Promise<void>((resolve) => engine.once('exit', () => resolve()));
    engine.kill('SIGTERM');
    await ended;
  }

  /** The next start begins a new log. */
  wipe() {
    rmSync(join(this.folder, 'data'), { recursive: true, force: true });
  }

  async end() {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
