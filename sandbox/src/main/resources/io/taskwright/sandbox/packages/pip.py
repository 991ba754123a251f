# Installs Python packages inside a sandbox, by pip, from wheels only: nothing of a package is run.
#
# The input has dependencies (name==version), index, lock or null, and certificates (a file or null). The output is a
# pack (see PackReader) of the packages and of their lock, or of the reason why there are none.
import glob
import json
import os
import re
import subprocess
import sys
import urllib.error
import urllib.request

TREE = "/task/tmp/tree"
REPORT = "/task/tmp/report.json"
PIPS = [
    "/usr/share/python-wheels/pip-*.whl",
    "/usr/lib/python3*/ensurepip/_bundled/pip-*.whl",
    "/usr/lib/python3/dist-packages/pip",
    "/usr/lib/python3*/site-packages/pip",
]


class Failed(Exception):
    pass


def pack(entries):
    with open("/task/output.json", "wb") as out:
        for path, source in entries:
            text = path.encode()
            content = source if isinstance(source, bytes) else None
            size = len(content) if content is not None else os.path.getsize(source)
            kind = 2 if content is None and os.access(source, os.X_OK) else 1
            out.write(bytes([kind]) + len(text).to_bytes(2, "big") + size.to_bytes(8, "big") + text)
            if content is None:
                with open(source, "rb") as file:
                    while some := file.read(1 << 20):
                        out.write(some)
                os.unlink(source)  # the disk holds the packages once
            else:
                out.write(content)
        out.write(bytes(11))


def files():
    for folder, names, found in os.walk(TREE):
        names.sort()
        for name in sorted(found):
            path = os.path.join(folder, name)
            if not os.path.islink(path) and os.path.isfile(path):
                yield "tree/" + os.path.relpath(path, TREE), path


def find_pip():
    for pattern in PIPS:
        for path in sorted(glob.glob(pattern), reverse=True):
            return path + "/pip" if path.endswith(".whl") else path
    raise Failed("unavailable", "there is no pip for the runtime python: on Debian and Ubuntu, apt-get install python3-pip-whl")


def requirements(request):
    if request["lock"] is None:
        return "".join(line + "\n" for line in request["dependencies"])
    return "".join(
        "%s==%s --hash=%s\n" % (one["name"], one["version"], one["hash"]) for one in request["lock"]["packages"]
    )


def run(pip, request):
    with open("/task/tmp/requirements.txt", "w") as file:
        file.write(requirements(request))
    words = [sys.executable, "-I", "-B", pip, "install", "--isolated", "--no-input", "--disable-pip-version-check"]
    words += ["--only-binary", ":all:", "--index-url", request["index"], "--target", TREE, "--report", REPORT]
    words += ["--no-cache-dir", "--no-compile", "--no-warn-script-location", "--progress-bar", "off"]
    words += ["--retries", "2", "--timeout", "30", "-r", "/task/tmp/requirements.txt"]
    if request["lock"] is not None:
        words += ["--no-deps", "--require-hashes"]
    if request["certificates"]:
        words += ["--cert", request["certificates"]]
    # Without -I it would look for packages in the folder of the harness; with it, zip files are run all the same.
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    said = []
    for line in process.stdout:
        said.append(line.rstrip())
        if line.startswith(("Collecting", "Downloading", "  Downloading", "Successfully")):
            print(line.strip())
    return process.wait(), said


def reason(request, said):
    """Tells an index that is not there from a package that is not there."""
    text = "\n".join(said)
    errors = " ".join(line.replace("ERROR: ", "") for line in said if line.startswith("ERROR: "))[:1500]
    if "DO NOT MATCH THE HASHES" in text:
        return "mismatch", "the index gives other files than those of the lock: " + errors
    if "No matching distribution" in text or "Could not find a version" in text:
        for dependency in request["dependencies"]:
            name = re.split(r"[\[=]", dependency)[0]
            try:
                with urllib.request.urlopen(request["index"].rstrip("/") + "/" + name + "/", timeout=30, context=tls(request)):
                    pass
            except urllib.error.HTTPError as e:
                if e.code == 404:
                    return "refused", "the index has no package " + name
                return "unavailable", "the index cannot be reached: %d was answered for %s" % (e.code, name)
            except OSError as e:
                return "unavailable", "the index cannot be reached: %s" % e
        return "refused", errors + " (only wheels are installed, because other packages run code of their own)"
    if "conflict" in text.lower() or "ResolutionImpossible" in text:
        return "refused", "the packages do not go together: " + errors
    return "unavailable", "pip failed: " + (errors or " ".join(said[-3:]))


def tls(request):
    import ssl

    return ssl.create_default_context(cafile=request["certificates"] or None)


def lock(report):
    packages = []
    for one in report["install"]:
        archive = one["download_info"]["archive_info"]
        packages.append(
            {
                "name": one["metadata"]["name"],
                "version": one["metadata"]["version"],
                "hash": archive["hash"].replace("=", ":", 1) if "hash" in archive else "sha256:" + archive["hashes"]["sha256"],
            }
        )
    packages.sort(key=lambda one: one["name"].lower())
    return {"packages": packages}


def main(request):
    try:
        code, said = run(find_pip(), request)
        if code != 0:
            raise Failed(*reason(request, said))
        with open(REPORT) as file:
            found = request["lock"] or lock(json.load(file))
    except Failed as failed:
        kind, message = failed.args
        pack([("failure", json.dumps({"kind": kind, "message": message}).encode())])
        return
    pack([("lock", json.dumps(found, sort_keys=True).encode())] + list(files()))
