# Gives its secret away in every way that the tests know.
import base64
import json
import os
import sys
import time
import urllib.parse


def forms(secret):
    raw = secret.encode()
    return {
        "plain": secret,
        "base64": base64.b64encode(raw).decode(),
        "base64 second": base64.b64encode(b"u:" + raw).decode(),
        "base64 third": base64.b64encode(b"u" + raw + b"\n").decode(),
        "base64 url": base64.urlsafe_b64encode(raw).decode().rstrip("="),
        "base64 lines": base64.encodebytes(raw * 3).decode(),
        "quoted": urllib.parse.quote(secret),
        "quoted all": urllib.parse.quote(secret, safe=""),
        "form": urllib.parse.urlencode({"token": secret}),
        "json": json.dumps(secret),
        "json utf-8": json.dumps(secret, ensure_ascii=False),
        "json in json": json.dumps(json.dumps({"a": secret})),
        "repr": repr(raw),
        "hex": raw.hex(),
    }


def progress(message):
    with open(os.environ["TASK_PROGRESS"], "a") as file:
        file.write(json.dumps({"fraction": 0.5, "message": message}) + "\n")


def main(input):
    with open(os.environ["TASK_SECRETS"]) as file:
        secret = json.load(file)["CANARY"]
    print(input.get("decoy"))
    all_forms = forms(secret)
    for name, form in all_forms.items():
        print(name + ": <" + form + ">")
        print(name + ": <" + form + ">", file=sys.stderr)
        progress(form)
    progress("x" * 1000 + secret)
    for character in "split: " + secret + "\n":
        sys.stdout.write(character)
        sys.stdout.flush()
    print("y" * (65536 - 10) + secret + "z" * 100)
    half = len(secret) // 2
    print("halves: " + secret[:half])
    print(secret[half:])
    with open(secret.replace("/", "_"), "w") as file:
        file.write(secret)
    time.sleep(input.get("pause", 0))
    if input["way"] == "raise":
        raise ValueError("wrong: " + secret + " " + all_forms["base64"])
    if input["way"] == "exit":
        sys.stderr.write("z" * 8000 + secret + "\n" + "w" * 4090 + secret)
        sys.stderr.flush()
        os._exit(7)
    output = {"kept": True, secret: all_forms, "list": [secret, {"deep": secret}]}
    for name, form in all_forms.items():
        output["key " + form] = name
    return output
