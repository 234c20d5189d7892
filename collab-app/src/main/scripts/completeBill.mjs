// Adds to a bill of materials in CycloneDX what Maven does not know: the Java runtime, and the packages in the pages.
// node completeBill.mjs BILL RELEASE [PACKAGE-LOCK]
import { readFileSync, writeFileSync } from 'node:fs';

const [billFile, releaseFile, lockFile] = process.argv.slice(2);
const bill = JSON.parse(readFileSync(billFile, 'utf8'));

function javaRuntime(release) {
  const version = /^JAVA_VERSION="(.+)"$/m.exec(release)[1];
  const purl = `pkg:generic/openjdk@${version}`;
  return {
    type: 'platform',
    'bom-ref': purl,
    name: 'openjdk',
    version,
    licenses: [{ expression: 'GPL-2.0-only WITH Classpath-exception-2.0' }],
    cpe: `cpe:2.3:a:oracle:openjdk:${version}:*:*:*:*:*:*:*`,
    purl,
  };
}

function packagesOf(lock) {
  return Object.entries(lock.packages)
    .filter(([path, { dev, devOptional, link }]) => path.startsWith('node_modules/') && !dev && !devOptional && !link)
    .map(([path, { version, integrity, license }]) => {
      const name = path.replace(/^.*node_modules\//, '');
      const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
      const digest = Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex');
      return {
        type: 'library',
        'bom-ref': purl,
        name,
        version,
        hashes: [{ alg: 'SHA-512', content: digest }],
        licenses: [{ license: { id: license } }],
        purl,
      };
    });
}

bill.components.push(javaRuntime(readFileSync(releaseFile, 'utf8')));
if (lockFile) {
  bill.components.push(...packagesOf(JSON.parse(readFileSync(lockFile, 'utf8'))));
}
writeFileSync(billFile, JSON.stringify(bill, null, 2));
