#!/usr/bin/env bash
# Two sentence splitters do not end a sentence behind a figure: one behind a year, one behind a decimal, be the mark a full stop or not
#
# Versions: github.com/neurosnap/sentences v1.1.2 (Go, a Punkt tokenizer with its English model), syntok 1.4.4 (PyPI).
# Expected: that "The mill closed in 1998. He left." and "The rate rose to 4.5! Prices fell." are two sentences each, as with a word in place of
#   the figure.
# Seen: neurosnap joins what follows a whole number, even a year before a pronoun, and a decimal before a noun; it parts behind a version of three
#   numbers. syntok parts behind whole numbers, and joins behind a decimal or a version before a noun, behind an exclamation mark, too.
# For whom it matters: whoever cites or checks sentences of news (which end in years and rates) or of documentation (which end in versions): two
#   statements become one, and a negation or a source of the second is read into the first.
set -euo pipefail
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
cd "$work"
cat >texts.txt <<'T'
The mill closed in ruins. He left.
The mill closed in 1998. He left.
The rate rose to 45. Prices fell.
The rate rose to 4.5. Prices fell.
The rate rose to 4.5! Prices fell.
The rate rose to 4.5. It fell again.
We ran version 2.1.3. Restarts were rare.
T
cat >main.go <<'G'
package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/neurosnap/sentences/english"
)

func main() {
	tokenizer, err := english.NewSentenceTokenizer(nil)
	if err != nil {
		panic(err)
	}
	texts, _ := os.ReadFile("texts.txt")
	for line := range strings.Lines(string(texts)) {
		fmt.Println("neurosnap", len(tokenizer.Tokenize(strings.TrimSpace(line))), strings.TrimSpace(line))
	}
}
G
cat >run.py <<'P'
import syntok.segmenter as segmenter
for line in open("texts.txt"):
    print("syntok", sum(len(list(p)) for p in segmenter.process(line.strip())), line.strip())
P
export GOPATH="$work/go" GOFLAGS=-modcacherw
go mod init trial >/dev/null 2>&1
go get github.com/neurosnap/sentences@v1.1.2 >/dev/null 2>&1
python3 -m venv env >/dev/null
env/bin/pip install -q "syntok==1.4.4" "regex==2026.11.19" 2>/dev/null
{ go run .; env/bin/python run.py; } | tee out.txt
diff <(cut -d' ' -f2 out.txt | tr '\n' ' ') <(echo -n '2 1 1 1 2 2 2 2 2 2 1 1 2 1 ') || {
	echo "it is parted otherwise now"
	exit 1
}
