# Runs a Python program under the contract of Taskwright's code: python3 -I -S -B python.py
#
# It is started before its program is known, and hears of it on descriptor 200: see IN_PREPARE in warden.h.
#
# A module with a top-level `def main` (or `async def`) is run under the name `task`, and main is called with the
# input; any other is run as `__main__`. It is written for a fast start: the usual json module costs as much as the
# start of Python itself, so its C parts are used directly, and what only failures need is imported by failures.
import builtins
import sys

TASK = "/task/"
GO = 200
LAYER = "/opt/layer"


class Unserialisable(Exception):
    pass


def receive():
    """Waits for the program and takes its variables; returns its entry."""
    import posix

    with open(GO, "rb", 0) as pipe:
        entry, _, variables = pipe.readall().partition(b"\0\0")
    for variable in variables.split(b"\0")[:-1]:
        name, _, value = variable.partition(b"=")
        posix.environ[name] = value  # from which os.environ is made
        posix.putenv(name, value)
    return entry.decode()


def read_json(text):
    try:
        from _json import make_scanner

        class Settings:
            strict = True
            object_hook = object_pairs_hook = None
            parse_float, parse_int, parse_constant = float, int, float
            memo = {}

        return make_scanner(Settings)(text, 0)[0]
    except (ImportError, AttributeError, TypeError):
        import json

        return json.loads(text)


def refuse(value):
    raise TypeError("a value of type %s is no JSON" % type(value).__name__)


def write_json(value):
    try:
        try:
            from _json import encode_basestring, make_encoder

            parts = make_encoder({}, refuse, encode_basestring, None, ":", ",", False, False, False)(value, 0)
            text = "".join(parts)
        except (ImportError, AttributeError):
            import json

            text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=refuse)
        return text.encode("utf-8")
    except (TypeError, ValueError, RecursionError) as e:
        raise Unserialisable("what main returned cannot be written as JSON: %s" % e) from None


def report(kind, message, trace):
    import json

    with open(TASK + "error.json", "w", encoding="utf-8", errors="backslashreplace") as file:
        json.dump({"kind": kind, "message": message[:2000], "stackTrace": trace}, file)


def fail(error):
    """Reports an exception as Python itself would, without our own frames."""
    import traceback

    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_filename == __file__:
        trace = trace.tb_next
    text = "".join(traceback.format_exception(type(error), error, trace))
    kind = "memory" if isinstance(error, MemoryError) else "code"
    report(kind, "".join(traceback.format_exception_only(type(error), error)).strip(), text)
    sys.stderr.write(text)


def has_main(tree):
    return any(type(node).__name__ in ("FunctionDef", "AsyncFunctionDef") and node.name == "main" for node in tree.body)


def call(main):
    code = getattr(main, "__code__", None)
    takes_input = code is None or code.co_argcount > 0 or code.co_flags & 0x04
    with open(TASK + "input.json", encoding="utf-8") as file:
        value = read_json(file.read().strip()) if takes_input else None
    result = main(value) if takes_input else main()
    if hasattr(result, "__await__"):
        import asyncio

        async def wait():
            return await result

        result = asyncio.run(wait())
    return result


def keep(result):
    import posix

    if result is None:
        try:
            posix.stat(TASK + "output.json")
            return  # It wrote its output itself.
        except OSError:
            pass
    with open(TASK + "output.json", "wb") as file:
        file.write(write_json(result))


def run(path):
    with open(path, "rb") as file:
        source = file.read()
    tree = compile(source, path, "exec", 0x400, True)  # PyCF_ONLY_AST, without importing ast
    main = has_main(tree)
    module = type(sys)("task" if main else "__main__")
    module.__file__ = path
    module.__builtins__ = builtins
    sys.modules[module.__name__] = module
    sys.argv = [path]
    sys.path.insert(0, path.rpartition("/")[0])
    import posix

    if posix.access(LAYER, posix.R_OK):
        sys.path.append(LAYER)  # after the standard library, as site packages are
    exec(compile(tree, path, "exec", 0, True), module.__dict__)
    if main:
        keep(call(module.main))


def leave(code):
    """Ends at once, unless something waits for the interpreter's own end."""
    import atexit
    import posix

    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        code = code or 1
    if "threading" not in sys.modules and atexit._ncallbacks() == 0:
        posix._exit(code)
    sys.exit(code)


def start():
    builtins.exit = builtins.quit = sys.exit  # -S leaves them out
    sys.stdout.reconfigure(line_buffering=True, errors="backslashreplace")
    try:
        run("/task/work/" + receive())
    except Unserialisable as error:
        report("output", str(error), "")
        sys.stderr.write("%s\n" % error)
        return 1
    except Exception as error:
        fail(error)
        return 1
    return 0


leave(start())
