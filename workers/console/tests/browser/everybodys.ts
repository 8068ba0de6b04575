// One engine with a simulated day, for all tests that stop nothing.
import { Engine } from './engine';

export default async function setUp() {
  const engine = new Engine();
  try {
    await engine.start();
    await engine.simulate(320);
  } catch (error) {
    await engine.end();
    throw error;
  }
  process.env.CASETRAIL_URL = engine.url;
  return () => engine.end();
}
