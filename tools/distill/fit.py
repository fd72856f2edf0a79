"""Fits the table: word -> vector, so that the sum of a text's words points where the teacher's vector of the text does. A
word that stands n times in a text counts as the root of n.

    python fit.py WORK OUT [--rows N] [--dimension N] ...

1. The teacher's vectors, less their mean, are turned so that most of them lies in the first dimensions (PCA of the texts).
2. A word starts as the teacher's vector of the word alone, weighted by a / (a + its frequency) (Arora et al. 2017, SIF).
3. The rows are fitted by Adam on batches of texts: the cosine with the teacher's vector, and, times --rank, how near the texts
   of a batch are to each other (cross-entropy of the two softmaxes). Half of the batches hold texts about like things.
4. The rows of hashed character n-grams are fitted by ridge regression so that a word's mean is near its row.
5. All rows become int8 with a scale each. internal/static/table.go has the layout.

The seed decides everything; two runs on one machine write the same bytes. What is printed: agreement with the teacher on texts that
were kept back, and paragraphs found on the development set (testdata/paraphrase-dev), on which alone parameters may be chosen.
"""

import argparse
import hashlib
import json
import pathlib
import struct
import time

import numpy as np
import scipy.linalg
import scipy.sparse
import snowballstemmer

from corpus import counts

HELD = 6_000  # texts that are kept back
SHORTEST_GRAM, LONGEST_GRAM = 3, 5


def unit(a):
    return a / np.maximum(np.linalg.norm(a, axis=1, keepdims=True), 1e-9)


def load(work):
    def stacked(name):
        return np.concatenate([np.load(p) for p in sorted((work / "taught").glob(name))]).astype(np.float32)
    words = json.loads((work / "words.json").read_text())
    taught = stacked("texts-*.npy")
    texts = [json.loads(line) for line in open(work / "texts.jsonl", encoding="utf-8")][:len(taught)]
    return words, stacked("words-*.npy"), texts, taught


class Vocabulary:
    """Which row a word has: its own, or else that of the most frequent word of its stem."""

    def __init__(self, words, rows, inflected):
        stem = snowballstemmer.stemmer("english").stemWord
        self.words, self.stems, self.index = ["#", "#year"], {}, []
        for i, (word, zipf) in enumerate(words.items()):
            root = stem(word)
            if root in self.stems and zipf < inflected:
                continue  # a rare inflected form shares its stem's row
            self.stems.setdefault(root, len(self.words))
            self.words.append(word)
            self.index.append(i)
            if len(self.words) == rows:
                break
        self.rows = {w: i for i, w in enumerate(self.words)}
        self.stem, self.known = stem, {}

    def __call__(self, word):
        row = self.rows.get(word)
        if row is None:
            if word not in self.known:
                self.known[word] = self.stems.get(self.stem(word))
            row = self.known[word]
        return row


def sums(texts, vocabulary, table):
    matrix, _ = counts(texts, vocabulary)
    matrix = scipy.sparse.csr_matrix((np.sqrt(matrix.data), matrix.indices, matrix.indptr), shape=(len(texts), len(table)))
    return unit(matrix @ table)


def found(embed, folder):
    """Returns hit@1, 3, 5 and the mean reciprocal rank, all paragraphs of the set in one pool."""
    questions = [json.loads(line) for line in open(folder / "questions.jsonl", encoding="utf-8")]
    pool, start = [], {}
    for slug in sorted({q["document"] for q in questions}):
        start[slug] = len(pool) - 1
        pool += (folder / "docs" / (slug + ".md")).read_text(encoding="utf-8").strip().split("\n\n")[1:]
    scores = embed([q["question"] for q in questions]) @ embed(pool).T
    ranks = []
    for q, score in zip(questions, scores):
        best = max(score[start[q["document"]] + n] for n in q["gold_paragraphs"])
        ranks.append((score > best).sum())
    ranks = np.array(ranks)
    return [round(float((ranks < k).mean()), 3) for k in (1, 3, 5)] + [round(float((1 / (1 + ranks)).mean()), 3)]


class Agreement:
    """How often the text that the teacher finds nearest to a short text that was kept back is found first and within ten; and the
    mean cosine with the teacher."""

    def __init__(self, matrix, taught, kinds):
        short = np.flatnonzero(np.isin(kinds, ["span", "question"]))[:800]
        long = np.flatnonzero(np.isin(kinds, ["paragraph", "sentence", "gloss"]))[:3000]
        self.short, self.long, self.matrix, self.taught = short, long, matrix, taught
        self.best = (taught[short] @ taught[long].T).argmax(1)

    def __call__(self, table):
        made = unit(self.matrix @ table)
        scores = made[self.short] @ made[self.long].T
        ranks = (scores > scores[np.arange(len(self.short)), self.best][:, None]).sum(1)
        cosine = np.einsum("ij,ij->i", made, self.taught).mean()
        return [round(float(x), 4) for x in ((ranks < 1).mean(), (ranks < 10).mean(), cosine)]


def fit(table, matrix, taught, options, rng, report):
    """Adam on the rows that a batch touches. The rate rises for 100 steps and falls as a cosine."""
    start, mean, square = table.copy(), np.zeros_like(table), np.zeros_like(table)
    n, size = matrix.shape[0], options.batch
    steps = int(options.epochs * (n // size))
    for step in range(1, steps + 1):
        if rng.random() < options.near:
            some = rng.integers(0, n, 16 * size)
            batch = some[np.argpartition(-(taught[some] @ taught[some[0]]), size)[:size]]
        else:
            batch = rng.integers(0, n, size)
        part, target = matrix[batch], taught[batch]
        rows, at = np.unique(part.indices, return_inverse=True)
        part = scipy.sparse.csr_matrix((part.data, at.astype(np.int32), part.indptr), shape=(size, len(rows)))
        old = table[rows]
        raw = part @ old
        length = np.maximum(np.linalg.norm(raw, axis=1, keepdims=True), 1e-6)
        made = raw / length
        slope = -target / size
        if options.rank:
            ours, theirs = made @ made.T / options.heat, target @ target.T / options.heat
            for scores in ours, theirs:
                np.fill_diagonal(scores, -1e4)
                scores -= scores.max(1, keepdims=True)
                np.exp(scores, out=scores)
                scores /= scores.sum(1, keepdims=True)
            wrong = (ours - theirs) * (options.rank / size)
            slope = slope + (wrong + wrong.T) @ made
        slope = (slope - (slope * made).sum(1, keepdims=True) * made) / length
        slope = part.T @ slope + options.anchor * (old - start[rows])
        rate = options.rate * min(1, step / 100) * (0.5 * (1 + np.cos(np.pi * step / steps)) + 0.01)
        mean[rows] = 0.9 * mean[rows] + 0.1 * slope
        square[rows] = 0.999 * square[rows] + 0.001 * slope * slope
        table[rows] = old - rate * (mean[rows] / (1 - 0.9**step)) / (np.sqrt(square[rows] / (1 - 0.999**step)) + 1e-8)
        if step % max(1, steps // 4) == 0:
            report(step, table)
    return table


def grams(word):
    """FNV-1a of each n-gram of <word>, as internal/static/unknown.go yields them."""
    marked = f"<{word}>".encode()
    for at in range(len(marked) - SHORTEST_GRAM + 1):
        value = 2166136261
        for n in range(1, LONGEST_GRAM + 1):
            if at + n > len(marked):
                break
            value = ((value ^ marked[at + n - 1]) * 16777619) & 0xFFFFFFFF
            if n >= SHORTEST_GRAM:
                yield value


def fit_grams(words, targets, buckets, ridge, held):
    """Returns the buckets' rows, and the mean cosine with the targets of words that were kept back."""
    indices, data, ends = [], [], [0]
    for word in words:
        rows = [g % buckets for g in grams(word)]
        indices += rows
        data += [1 / len(rows)] * len(rows)
        ends.append(len(indices))
    matrix = scipy.sparse.csr_matrix((data, indices, ends), shape=(len(words), buckets), dtype=np.float32)
    matrix.sum_duplicates()

    def solve(part, target):
        square = (part.T @ part).toarray().astype(np.float64)
        square[np.diag_indices(buckets)] += ridge
        return scipy.linalg.solve(square, part.T @ target, assume_a="pos").astype(np.float32)
    kept = np.arange(len(words)) % held == 0
    trial = solve(matrix[~kept], targets[~kept])
    cosine = np.einsum("ij,ij->i", unit(matrix[kept] @ trial), unit(targets[kept])).mean()
    return solve(matrix, targets), float(cosine)


def quantized(table):
    scale = np.maximum(np.abs(table).max(1), 1e-9) / 127
    return np.rint(table / scale[:, None]).astype(np.int8), scale.astype("<f4")


def write(path, words, stems, table, buckets):
    """Writes the layout of internal/static/table.go."""
    order = sorted(range(len(words)), key=lambda i: words[i].encode())
    place = {old: new for new, old in enumerate(order)}
    rows = np.concatenate([table[order], buckets]) if len(buckets) else table[order]
    values, scales = quantized(rows)
    roots = sorted((r for r in stems if words[stems[r]] != r), key=str.encode)  # the others are found as words
    keys = [words[i].encode() for i in order] + [r.encode() for r in roots]
    starts = np.cumsum([0] + [len(k) for k in keys]).astype("<u4")
    body = b"".join([values.tobytes(), scales.tobytes(), np.array([place[stems[r]] for r in roots], "<u4").tobytes(),
                     starts.tobytes(), b"".join(keys)])
    head = struct.pack("<8s5I4x", b"PILSTAT1", table.shape[1], len(words), len(roots), len(buckets), int(starts[-1]))
    path.write_bytes(head + hashlib.sha256(body).digest() + body)
    return path.stat().st_size


def main():
    p = argparse.ArgumentParser()
    p.add_argument("work", type=pathlib.Path)
    p.add_argument("out", type=pathlib.Path, nargs="?")
    p.add_argument("--texts", type=int, default=58_000, help="how many texts of the list are used")
    p.add_argument("--rows", type=int, default=25_000)
    p.add_argument("--dimension", type=int, default=256)
    p.add_argument("--buckets", type=int, default=4_096)
    p.add_argument("--inflected", type=float, default=4.0, help="Zipf frequency from which an inflected form has its own row")
    p.add_argument("--sif", type=float, default=1e-3)
    p.add_argument("--epochs", type=float, default=4)
    p.add_argument("--batch", type=int, default=512)
    p.add_argument("--rate", type=float, default=5e-3)
    p.add_argument("--rank", type=float, default=1.0)
    p.add_argument("--heat", type=float, default=0.07)
    p.add_argument("--near", type=float, default=0.5)
    p.add_argument("--anchor", type=float, default=0.0)
    p.add_argument("--ridge", type=float, default=1.0)
    p.add_argument("--seed", type=int, default=12)
    o = p.parse_args()
    rng = np.random.default_rng(o.seed)
    words, readings, texts, taught = load(o.work)
    texts, taught = texts[:o.texts], taught[:o.texts]
    vocabulary = Vocabulary(words, o.rows, o.inflected)
    centre = taught.mean(0)
    turn = np.linalg.svd((taught - centre).T @ (taught - centre))[0][:, :o.dimension]
    taught = unit(unit(taught - centre) @ turn)
    readings = (readings - centre) @ turn
    zipf = np.array(list(words.values()))
    weights = (o.sif / (o.sif + 10 ** (zipf - 9))).astype(np.float32)
    table = np.zeros((len(vocabulary.words), o.dimension), np.float32)
    table[2:] = (readings * weights[:, None])[vocabulary.index]

    matrix, unknown = counts([t["text"] for t in texts], vocabulary)
    matrix = scipy.sparse.csr_matrix((np.sqrt(matrix.data), matrix.indices, matrix.indptr), shape=(len(texts), len(table)))
    print(f"{len(texts)} texts, {len(vocabulary.words)} rows, {unknown / matrix.sum():.1%} of the words without one", flush=True)
    usable = np.flatnonzero(np.diff(matrix.indptr) > 0)
    rng.shuffle(usable)
    held, rest = np.sort(usable[:HELD]), np.sort(usable[HELD:])
    agreement = Agreement(matrix[held], taught[held], np.array([texts[i]["kind"] for i in held]))
    development = pathlib.Path(__file__).parents[2] / "internal/static/testdata/paraphrase-dev"
    began = time.monotonic()

    def report(step, table):
        print(f"step {step}: agreement {agreement(table)}, development {found(lambda t: sums(t, vocabulary, table), development)},"
              f" {time.monotonic() - began:.0f} s", flush=True)
    report(0, table)
    fit(table, matrix[rest], taught[rest], o, rng, report)
    if o.out is None:
        return
    # A word that no text held keeps the teacher's reading, on the scale that the others were fitted to.
    targets = readings * weights[:, None]
    targets[vocabulary.index] = table[2:]
    buckets, cosine = fit_grams(list(words), targets, o.buckets, o.ridge, 10) if o.buckets else (np.zeros((0, o.dimension)), 0)
    print(f"letters: mean cosine {cosine:.3f} with the rows of words kept back")
    print(write(o.out, vocabulary.words, vocabulary.stems, table, buckets), "bytes")


if __name__ == "__main__":
    main()
