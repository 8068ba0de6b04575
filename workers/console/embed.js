// Writes FOLDER/dist as sources of the binary: site.bin holds every file compressed, files.cpp says where each lies in it.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { constants, gzipSync } from 'node:zlib';

const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const folder = process.argv[2];
const dist = join(folder, 'dist');
const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(dist, join(entry.parentPath, entry.name)))
  .sort();

const parts = [];
let at = 0;
const rows = files.map((file) => {
  const type = types[extname(file)];
  if (!type) throw new Error(`${file} has no media type here: name it in embed.js`);
  const bytes = readFileSync(join(dist, file));
  const part = gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION });
  const tag = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  parts.push(part);
  const row = `      {"/${file}", "${type}", "\\"${tag}\\"", {casetrail_console_site + ${at}, ${part.length}}, ${bytes.length}},`;
  at += part.length;
  return row;
});

const blob = join(folder, 'site.bin');
writeFileSync(blob, Buffer.concat(parts));
writeFileSync(
  join(folder, 'files.cpp'),
  `// Written by workers/console/embed.js.
#include "workers/console/files.h"

asm(".section .rodata\\n"
    "casetrail_console_site: .incbin \\"${blob}\\"\\n"
    ".previous\\n");
extern const char casetrail_console_site[] asm("casetrail_console_site") __attribute__((visibility("hidden")));

namespace casetrail::console {

std::span<const File> files() {
  static const File kAll[] = {
${rows.join('\n')}
  };
  return kAll;
}

}  // namespace casetrail::console
`,
);
