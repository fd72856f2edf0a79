"""Holds a program against what make.py wrote: python3 check.py OUT BOT

For each PDF: words of the gold that are lost, words that are not in it, paragraphs that are there to the letter.
"""
import collections
import glob
import os
import re
import subprocess
import sys
import tempfile

out, bot = sys.argv[1], os.path.abspath(sys.argv[2])
words = lambda s: collections.Counter(re.findall(r"[\w²³^]+", s))
bad = lost = wrong = there = paragraphs = 0
for gold in sorted(glob.glob(out + "/*.gold")):
    name = os.path.basename(gold)[:-5]
    want = [l.strip().replace("'", "’") for l in open(gold) if l.strip()]
    with tempfile.TemporaryDirectory() as dir:
        r = subprocess.run([bot, "documents", "add", os.path.abspath(gold[:-5] + ".pdf"), "--docs", dir, "--name", "doc"], capture_output=True, text=True)
        got, notes = [], [l for l in r.stdout.split("\n") if l.startswith("• ") and "no date" not in l and "was made on" not in l]
        if os.path.exists(dir + "/doc.md"):
            text = open(dir + "/doc.md").read().replace("'", "’")
            head = []
            for line in text.split("\n---\n", 1)[1].split("\n"):
                line = re.sub(r"\\(.)", r"\1", line)
                if line.startswith("|"):
                    cells = [c.strip() for c in line.strip("|").split("|")]
                    if not head:
                        head = cells
                    elif not set(line) <= set("|- "):
                        got.append("; ".join(f"{h}: {c}" for h, c in zip(head, cells) if c))
                    continue
                head = []
                line = re.sub(r"^(#+|-) ", "", line).strip("* ")
                if line:
                    got.append(line)
    w, g = words("\n".join(want)), words("\n".join(got))
    missing, extra = sum((w - g).values()), sum((g - w).values())
    exact = sum(p in got for p in want)
    there, paragraphs = there + exact, paragraphs + len(want)
    lost, wrong = lost + (missing > 0.005 * sum(w.values())), wrong + (extra > 4)
    flag = "" if missing == 0 and exact == len(want) else "  <--"
    print(f"{name:22} lost {missing:3} of {sum(w.values()):4}, other {extra:3}, paragraphs {exact}/{len(want)} {r.stderr.strip()[:80]}{flag}", *notes[:2], sep="  ")
    if flag and len(sys.argv) > 3:
        for p in want:
            if p not in got:
                print("     want", p[:150])
        for p in got:
            if p not in want:
                print("     got ", p[:150])
print(f"{lost} with words lost, {wrong} with other words, {there} of {paragraphs} paragraphs to the letter")
