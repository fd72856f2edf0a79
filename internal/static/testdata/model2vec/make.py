"""Makes the small models beside this file and what the reference implementation says of them. All texts are the project's own.

    pip install model2vec==0.10.0 tokenizers==0.23.3 sentencepiece==0.2.3 && python make.py
"""

import base64
import glob
import json
import pathlib
import tempfile

import numpy as np
import sentencepiece
from model2vec import StaticModel
from sentencepiece import sentencepiece_model_pb2
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

HERE = pathlib.Path(__file__).parent
TEXTS = [p for f in sorted(glob.glob(str(HERE.parent / "paraphrase*" / "docs" / "*.md"))) for p in open(f).read().split("\n\n")]
ASKED = ["The ferry was canceled in May.", "café Müller, naïve!", "U.S. exports rose 12.5% (to $3,000)…", "tabs\tand\nlines", "漢字とかな mixed",
         "İstanbul'da ﬁne ½ ①", "سلام دنیا", "zzzzqqqq xylophones", "don't “quote” — me", "", "?", " leading and  double spaces ",
         "control\x07 char\u200b zero", "e\u0301a\u0300 combining", "ＡＢＣ full width", "Ünïcödé STRASSE ß", "a" * 120 + " long",
         "किताब हिन्दी", "한국어 문장", "emoji 👩‍👩‍👧 here", "under_score and snake_case-dash"]


def save(name, tokenizer, dtype, **extra):
    rng = np.random.default_rng(3)
    size = tokenizer.get_vocab_size()
    rows = extra.pop("rows", size)
    vectors = rng.normal(size=(rows, 64)).astype(dtype)
    model = StaticModel(vectors, tokenizer, normalize=True, max_length=None, **extra)
    folder = HERE / name
    model.save_pretrained(folder)
    for file in "README.md", "modules.json":
        (folder / file).unlink(missing_ok=True)
    with open(folder / "expected.jsonl", "w") as f:
        for text in ASKED:
            vector = model.encode(text).astype(float)
            f.write(json.dumps({"text": text, "ids": model.tokenize([text])[0], "vector": [round(float(x), 4) for x in vector]}) + "\n")


def main():
    wordpiece = Tokenizer(models.WordPiece(unk_token="[UNK]", max_input_chars_per_word=100))
    wordpiece.normalizer = normalizers.BertNormalizer()
    wordpiece.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    wordpiece.train_from_iterator(TEXTS, trainers.WordPieceTrainer(vocab_size=500, special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]"]))
    save("wordpiece", wordpiece, np.float32)

    plain = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    plain.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase(), normalizers.StripAccents(),
                                             normalizers.Replace(Regex(" {2,}"), " "), normalizers.Strip()])
    plain.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Whitespace(), pre_tokenizers.Punctuation()])
    plain.train_from_iterator(TEXTS, trainers.WordPieceTrainer(vocab_size=300, special_tokens=["[UNK]"]))
    size = plain.get_vocab_size()
    rng = np.random.default_rng(4)
    save("clustered", plain, np.float16, rows=40, token_mapping=rng.integers(0, 40, size), weights=rng.random(size))

    with tempfile.TemporaryDirectory() as work:
        pathlib.Path(work, "texts").write_text("\n".join(TEXTS))
        # A few rules of our own in place of nmt_nfkc, whose table has 300 kB; with that one the pieces agree, too.
        rules = [("\t", " "), ("\n", " "), ("\u200b", " "), ("\x07", ""), ("ﬁ", "fi"), ("½", "1⁄2"), ("e\u0301", "é"), ("a\u0300", "à"),
                 ("Ａ", "A"), ("Ｂ", "B"), ("Ｃ", "C"), ("…", "..."), ("“", '"'), ("”", '"'), ("‍", "")]
        lines = ["\t".join(" ".join(f"{ord(c):X}" for c in side) for side in rule) for rule in rules]
        pathlib.Path(work, "rules").write_text("\n".join(lines) + "\n")
        sentencepiece.SentencePieceTrainer.train(input=work + "/texts", model_prefix=work + "/m", vocab_size=400, model_type="unigram",
                                                 normalization_rule_tsv=work + "/rules", minloglevel=2)
        proto = sentencepiece_model_pb2.ModelProto()
        proto.ParseFromString(pathlib.Path(work, "m.model").read_bytes())
    unigram = Tokenizer(models.Unigram([(p.piece, p.score) for p in proto.pieces], unk_id=0))
    charsmap = proto.normalizer_spec.precompiled_charsmap
    unigram.normalizer = normalizers.Sequence([normalizers.Precompiled(charsmap), normalizers.Replace(Regex(" {2,}"), " ")])
    unigram.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    save("unigram", unigram, np.float32)


main()
