// What is there before the program: evaluated once, then every run starts from a copy of the memory.
// Of the host there are only the calls below, by name and text.
(() => {
  const invoke = java_invoke;
  delete globalThis.java_invoke;
  delete globalThis.Javy;
  delete globalThis.plugin;
  const {parse, stringify} = JSON;
  const call = (name, text) => invoke('task', name, text);

  const text = (value) => {
    if (typeof value === 'string' || value instanceof Error) {
      return String(value);
    }
    try {
      return stringify(value) ?? String(value);
    } catch {
      return String(value);
    }
  };
  const {log, error} = console;
  const out = (...values) => log(values.map(text).join(' '));
  const err = (...values) => error(values.map(text).join(' '));
  globalThis.console = {log: out, info: out, debug: out, warn: err, error: err};

  globalThis.progress = (fraction, message = '') => {
    call('progress', stringify({fraction: Number(fraction), message: String(message)}));
  };
  Object.defineProperty(globalThis, 'process', {
    value: {
      get env() {
        return parse(call('environment', ''));
      },
    },
  });

  const describe = (error) => {
    const isError = error instanceof Error;
    const message = isError ? `${error.name}: ${error.message}` : `Uncaught ${String(error)}`;
    const stackTrace = isError ? `${message}\n${error.stack}` : message;
    return stringify({message: message.slice(0, 2000), stackTrace: stackTrace.slice(0, 8000)});
  };
  const keep = (value) => {
    let text;
    try {
      text = value === undefined ? 'null' : stringify(value);
      if (text === undefined) {
        throw new TypeError(`a ${typeof value} is no JSON`);
      }
    } catch (error) {
      call('unserialisable', String(error.message));
      return;
    }
    call('result', text);
  };
  // The whole program calls this once, at its end.
  globalThis.taskwright = (main) => {
    delete globalThis.taskwright;
    if (typeof main !== 'function') {
      call('mainless', '');
      return;
    }
    Promise.resolve()
      .then(() => main(parse(call('input', ''))))
      .then(keep, (error) => call('thrown', describe(error)));
  };
})();
