#!/usr/bin/env bash
# Typst: the mark of a footnote, or an exponent, is a plain figure to every reader of text ("lit in 18681")
#
# Versions: typst 0.15.2, pypdfium2 5.15.2, pypdf 7.1.1 (PyPI), with the fonts that Typst carries.
# Expected: that a footnote's mark or an exponent can be told from the number before it, as in the PDFs of other programs, where it is smaller and raised.
# Seen: since Typst prefers the font's own superscript glyphs, the mark is a glyph of full font size on the baseline whose ToUnicode is the plain
#   figure. PDFium and pypdf read "1868" + mark 1 as 18681 and 10 to the third as 103; size and origin do not tell. Only the glyph's own
#   bounding box does, which stands high and is small.
# For whom it matters: whoever takes figures or years from the text of PDFs.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env >/dev/null
env/bin/pip install -q "typst==0.15.2" "pypdfium2==5.15.2" "pypdf==7.1.1" 2>/dev/null
cat >doc.typ <<'T'
#set page(width: 12cm, height: 8cm)
The lamp was lit in 1868#footnote[The log.] and weighs 10#super[3] pounds.
T
cat >run.py <<'P'
import pypdf, pypdfium2, typst
typst.compile("doc.typ", output="doc.pdf")
texts = {"pypdf": pypdf.PdfReader("doc.pdf").pages[0].extract_text(), "PDFium": pypdfium2.PdfDocument("doc.pdf")[0].get_textpage().get_text_range()}
for name, text in texts.items():
    print(name, repr(text.splitlines()[0]))
sizes, bottoms = set(), []
import pypdfium2.raw as raw
page = pypdfium2.PdfDocument("doc.pdf")[0].get_textpage()
whole = page.get_text_range()
mark = whole.index("18681") + 4
for i in (mark - 1, mark):
    print(repr(whole[i]), "size", raw.FPDFText_GetFontSize(page, i), "box", [round(v, 1) for v in page.get_charbox(i)])
assert all("18681" in t and "103" in t for t in texts.values()), "the marks can be told now"
P
env/bin/python run.py
