"""Cuts texts into words as internal/words does, and counts them."""

import re
import unicodedata

import numpy as np
import scipy.sparse

DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}|\bUS\b")
WORD = re.compile(r"\d+(?:[.,]\d+)*|[a-z]+(?:'[a-z]+)*|[^\W\d_]+")


def tokenize(text):
    text = DOTTED.sub(lambda m: m.group().replace(".", "").lower() + " ", text)
    text = unicodedata.normalize("NFKD", text.replace("’", "'"))
    text = "".join(c for c in text if not unicodedata.combining(c)).lower()
    return [w.removesuffix("'s") for w in WORD.findall(text)]


def number(word):
    """Numbers share two rows: what may be a year, and any other. Their figures are the business of the words."""
    if word[:1].isdigit():
        return "#year" if re.fullmatch(r"1[0-9]{3}|20[0-9]{2}", word) else "#"
    return word


def counts(texts, row_of):
    """Returns the matrix of how often each row's word stands in each text, and how many words have no row."""
    indices, data, ends, unknown = [], [], [0], 0
    for text in texts:
        seen = {}
        for word in tokenize(text):
            row = row_of(number(word))
            if row is None:
                unknown += 1
            else:
                seen[row] = seen.get(row, 0) + 1
        indices += seen
        data += seen.values()
        ends.append(len(indices))
    return scipy.sparse.csr_matrix((np.array(data, np.float32), np.array(indices, np.int32), np.array(ends))), unknown
