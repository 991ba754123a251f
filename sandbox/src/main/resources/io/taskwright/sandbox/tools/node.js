// Runs a Node.js program under the contract of Taskwright's code: node node.js
//
// It is started before its program is known, and hears of it on descriptor 200: see IN_PREPARE in warden.h.
//
// `function main`, `export function main`, `export default`, `module.exports = {main}` or `module.exports = main` is
// called with the input, and what it returns (or its promise gives) is the output. A program without main is run as it is.
//
// With the word javascript it is a program of that runtime, which usually runs in WebAssembly inside a worker: console and
// progress are as in ../javascript/prelude.js, and there must be a main.
'use strict';
const fs = require('fs');
const Module = require('module');
const path = require('path');

const TASK = '/task/';
const [entry, kind] = receive();
const ENTRY = TASK + 'work/' + entry;
const SMALL = kind === 'javascript';

function receive() {
  const [words, variables] = fs.readFileSync(200, 'utf8').split('\0\0');
  fs.closeSync(200);
  for (const variable of variables.split('\0').slice(0, -1)) {
    const end = variable.indexOf('=');
    process.env[variable.slice(0, end)] = variable.slice(end + 1);
  }
  return words.split('\0');
}

function report(kind, message, stackTrace) {
  fs.writeFileSync(TASK + 'error.json', JSON.stringify({kind, message: message.slice(0, 2000), stackTrace}));
}

// An uncaught exception or unhandled rejection, without our own frames.
function fail(error) {
  const text = error instanceof Error && typeof error.stack === 'string' ? error.stack : 'Uncaught ' + require('util').inspect(error);
  const trace = text.split('\n').filter((line) => !/^\s+at .*(\/opt\/taskwright\/|node:internal\/)/.test(line)).join('\n');
  report('code', error instanceof Error ? `${error.name}: ${error.message}` : text, trace);
  fs.writeSync(2, trace + '\n');
  process.exit(1);
}

function keep(result) {
  if (result === undefined && fs.existsSync(TASK + 'output.json')) {
    return; // It wrote its output itself.
  }
  let text;
  try {
    text = JSON.stringify(result === undefined ? null : result);
    if (text === undefined) {
      throw new TypeError(`a ${typeof result} is no JSON`);
    }
  } catch (error) {
    const message = `what main returned cannot be written as JSON: ${error.message}`;
    report('output', message, '');
    fs.writeSync(2, message + '\n');
    process.exit(1);
  }
  fs.writeFileSync(TASK + 'output.json', text);
}

// What the runtime javascript has beside the language.
function offerSmallContract() {
  const text = (value) => {
    if (typeof value === 'string' || value instanceof Error) {
      return String(value);
    }
    try {
      return JSON.stringify(value) ?? String(value);
    } catch {
      return String(value);
    }
  };
  const say = (fd) => (...values) => fs.writeSync(fd, values.map(text).join(' ') + '\n');
  const [out, err] = [say(1), say(2)];
  globalThis.console = {log: out, info: out, debug: out, warn: err, error: err};
  globalThis.progress = (fraction, message = '') =>
    fs.appendFileSync(TASK + 'progress', JSON.stringify({fraction: Number(fraction), message: String(message)}) + '\n');
}

// Runs as the main module, but `require.main === module` is false where main is called by us. The names in front are
// looked at before the program's first statement: function declarations are there by then, and const, let and class
// say so by an error.
function loadCommonJs(source) {
  const module = new Module(ENTRY, null);
  module.filename = ENTRY;
  module.paths = Module._nodeModulePaths(path.dirname(ENTRY));
  process.mainModule = module;
  Module._cache[ENTRY] = module;
  const strict = /^(?:\s|\/\/[^\n]*\n|\/\*[^]*?\*\/)*(['"])use strict\1/.test(source) ? "'use strict';" : '';
  const before = "{let m;try{m=typeof main}catch{m='function'}if(m==='function')require.main=undefined}";
  const after = "\n;try{if(typeof main==='function')module.taskMain=main}catch{}";
  module._compile(strict + before + source.replace(/^#!/, '//') + after, ENTRY);
  module.loaded = true;
  const exported = module.exports;
  return [exported && exported.main, exported, exported && exported.default, module.taskMain].find((one) => typeof one === 'function');
}

async function loadModule(source) {
  const folder = path.dirname(ENTRY);
  if (ENTRY.endsWith('.js') && !fs.existsSync(folder + '/package.json')) {
    fs.writeFileSync(folder + '/package.json', '{"type":"module"}');
  }
  if (/^\s*(async\s+)?function\s*main\b/m.test(source)) {
    fs.appendFileSync(ENTRY, '\n;export {main as taskMain};\n');
  }
  const exported = await import('file://' + ENTRY);
  return [exported.main, exported.default, exported.taskMain].find((one) => typeof one === 'function');
}

function isModule(source) {
  if (ENTRY.endsWith('.mjs')) {
    return true;
  }
  if (ENTRY.endsWith('.cjs') || !/\b(import|export|await)\b/.test(source)) {
    return false;
  }
  try {
    new (require('vm').Script)(Module.wrap(source.replace(/^#!/, '//')), {filename: ENTRY});
    return false;
  } catch {
    return true;
  }
}

async function run() {
  const source = fs.readFileSync(ENTRY, 'utf8');
  const main = isModule(source) ? await loadModule(source) : loadCommonJs(source);
  if (main) {
    keep(await main(JSON.parse(fs.readFileSync(TASK + 'input.json', 'utf8'))));
    process.exit();
  } else if (SMALL) {
    fail(new Error('the source has no function main(input) at its top level'));
  }
}

process.argv = [process.argv[0], ENTRY];
process.on('uncaughtException', fail);
if (SMALL) {
  offerSmallContract();
  process.on('exit', (code) => {
    if (code === 0 && !fs.existsSync(TASK + 'output.json')) {
      report('code', 'main gave a promise that nothing is left to keep', '');
      process.exitCode = 1;
    }
  });
}
run().catch(fail);
