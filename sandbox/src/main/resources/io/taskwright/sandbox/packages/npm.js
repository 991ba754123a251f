// Installs npm packages inside a sandbox, by npm, without the scripts that packages bring.
//
// The input has dependencies (name@version), index, lock or null, and certificates (a file or null). The output is a
// pack (see PackReader) of node_modules and of the lock, or of the reason why there is none.
'use strict';
const fs = require('fs');
const path = require('path');
const {spawn} = require('child_process');

const FOLDER = '/task/tmp/npm';
const TREE = FOLDER + '/node_modules';
const NPMS = ['/usr/lib/node_modules/npm/bin/npm-cli.js', '/usr/share/nodejs/npm/bin/npm-cli.js', '/usr/share/npm/bin/npm-cli.js'];

class Failed extends Error {
  constructor(kind, message) {
    super(message);
    this.kind = kind;
  }
}

function pack(entries) {
  const out = fs.openSync('/task/output.json', 'w');
  const head = (kind, name, size) => {
    const text = Buffer.from(name);
    const bytes = Buffer.alloc(11);
    bytes[0] = kind;
    bytes.writeUInt16BE(text.length, 1);
    bytes.writeBigUInt64BE(BigInt(size), 3);
    fs.writeSync(out, Buffer.concat([bytes, text]));
  };
  for (const [name, source] of entries) {
    const content = Buffer.isBuffer(source) ? source : fs.readFileSync(source);
    head(!Buffer.isBuffer(source) && fs.statSync(source).mode & 0o100 ? 2 : 1, name, content.length);
    fs.writeSync(out, content);
    if (!Buffer.isBuffer(source)) {
      fs.unlinkSync(source); // the disk holds the packages once
    }
  }
  head(0, '', 0);
  fs.closeSync(out);
}

function* files(folder) {
  for (const entry of fs.readdirSync(folder, {withFileTypes: true}).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      yield* files(file);
    } else if (entry.isFile()) {
      yield ['tree/' + path.relative(TREE, file), file];
    }
  }
}

function manifest(dependencies) {
  const versions = {};
  for (const one of dependencies) {
    const at = one.lastIndexOf('@');
    versions[one.slice(0, at)] = one.slice(at + 1);
  }
  return {name: 'task', version: '0.0.0', private: true, dependencies: versions};
}

function run(npm, request) {
  const words = ['--max-old-space-size=384', npm, request.lock ? 'ci' : 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--omit=dev'];
  words.push('--no-bin-links', '--omit-lockfile-registry-resolved', '--no-update-notifier', '--loglevel=http', '--fetch-retries=2');
  words.push('--registry=' + request.index, '--cache=/task/tmp/cache', '--userconfig=/dev/null', '--globalconfig=' + FOLDER + '/none');
  words.push('--fetch-retry-mintimeout=500', '--fetch-retry-maxtimeout=3000', '--fetch-timeout=60000', '--logs-max=0');
  if (request.certificates) {
    words.push('--cafile=' + request.certificates);
  }
  return new Promise((resolve) => {
    const said = [];
    const child = spawn(process.execPath, words, {cwd: FOLDER, stdio: ['ignore', 'pipe', 'pipe']});
    const take = (stream) => {
      let rest = '';
      stream.on('data', (bytes) => {
        const lines = (rest + bytes).split('\n');
        rest = lines.pop();
        for (const line of lines) {
          said.push(line);
          const got = /^npm http fetch GET 200 (\S+) /.exec(line);
          if (got) {
            console.log('Downloading ' + got[1]);
          }
        }
      });
    };
    take(child.stdout);
    take(child.stderr);
    child.on('close', (code) => resolve([code, said]));
  });
}

// Tells an index that is not there from a package that is not there.
function reason(said) {
  const errors = said.filter((line) => /^npm (error|ERR!)/.test(line)).map((line) => line.replace(/^npm (error|ERR!) ?/, ''));
  const code = (/^code (\S+)/.exec(errors.find((line) => line.startsWith('code ')) || '') || [])[1] || '';
  const text = errors.filter((line) => line && !/^code |^A complete log|^Log files/.test(line)).join(' ').slice(0, 1500) || said.slice(-3).join(' ');
  if (code === 'EINTEGRITY') {
    return new Failed('mismatch', 'the index gives other files than those of the lock: ' + text);
  }
  if (['E404', 'ETARGET', 'ERESOLVE', 'EBADENGINE', 'EBADPLATFORM', 'ENOVERSIONS', 'EUSAGE'].includes(code)) {
    return new Failed('refused', text);
  }
  return new Failed('unavailable', `the index cannot be reached or npm failed (${code}): ${text}`);
}

function packages(found) {
  const all = [];
  for (const [where, one] of Object.entries(found.packages)) {
    if (where === '') {
      continue;
    }
    const name = one.name || where.slice(where.lastIndexOf('node_modules/') + 'node_modules/'.length);
    if (one.link || !one.integrity || /^(git|file|link)/.test(one.resolved || '')) {
      throw new Failed('refused', `${name} does not come from the index with a hash`);
    }
    all.push({name, version: one.version, hash: one.integrity});
  }
  return all;
}

async function install(request) {
  const npm = NPMS.find((file) => fs.existsSync(file));
  if (!npm) {
    throw new Failed('unavailable', 'there is no npm for the runtime node: install the one that belongs to it, such as apt-get install npm');
  }
  fs.mkdirSync(FOLDER);
  fs.writeFileSync(FOLDER + '/package.json', JSON.stringify(manifest(request.dependencies)));
  if (request.lock) {
    fs.writeFileSync(FOLDER + '/package-lock.json', JSON.stringify(request.lock.npm));
  }
  const [code, said] = await run(npm, request);
  if (code !== 0) {
    throw reason(said);
  }
  if (request.lock) {
    return request.lock;
  }
  const found = JSON.parse(fs.readFileSync(FOLDER + '/package-lock.json', 'utf8'));
  return {packages: packages(found), npm: found};
}

async function main(request) {
  try {
    const lock = Buffer.from(JSON.stringify(await install(request)));
    fs.rmSync('/task/tmp/cache', {recursive: true, force: true});
    pack([['lock', lock], ...(fs.existsSync(TREE) ? files(TREE) : [])]);
  } catch (error) {
    if (!(error instanceof Failed)) {
      throw error;
    }
    pack([['failure', Buffer.from(JSON.stringify({kind: error.kind, message: error.message}))]]);
  }
}

module.exports = {main};
