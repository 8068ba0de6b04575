// Holds an AsyncAPI document against its specification: node asyncapi.js FILE
import { readFileSync } from 'node:fs';
import { Parser } from '@asyncapi/parser';

const { diagnostics } = await new Parser().parse(readFileSync(process.argv[2], 'utf8'));
const wrong = diagnostics.filter(({ severity }) => severity < 2); // errors and warnings
for (const { code, message, path } of wrong) console.log(`${path.join('.')}: ${message} [${code}]`);
process.exitCode = wrong.length === 0 ? 0 : 1;
