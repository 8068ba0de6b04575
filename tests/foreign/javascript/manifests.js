// Writes manifests of Kubernetes as TypeScript, each with the type that its kind has in Kubernetes' API: the compiler then names what is missing,
// of another type, or no member at all. Kinds of others (Strimzi's) are left out. manifests.js OUT FILE …
import { readFileSync, writeFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';

const [out, ...files] = process.argv.slice(2);
const lines = [];
for (const file of files) {
  for (const document of parseAllDocuments(readFileSync(file, 'utf8'))) {
    const manifest = document.toJS();
    const [version, group = ''] = manifest.apiVersion.split('/').reverse();
    if (group.includes('.')) continue;
    const name = `${manifest.kind}_${manifest.metadata.name.replaceAll(/\W/g, '_')}`;
    lines.push(`import type { I${manifest.kind} as Type_${name} } from 'kubernetes-models/${group || ''}${group ? '/' : ''}${version}/${manifest.kind}';`);
    lines.push(`export const ${name}: Type_${name} = ${JSON.stringify(manifest, null, 1)};`);
  }
}
writeFileSync(out, `${lines.join('\n')}\n`);
console.log(`${lines.length / 2} manifests`);
