"""Makes PDFs with the programs that people make them with, and what must be read from each: NAME.pdf and NAME.gold, a paragraph a line.

    python3 make.py OUT

Needs: pip install typst reportlab fpdf2 pypdf; chromium, soffice, groff, pdflatex, qpdf; Noto fonts. What is missing is left out and said.
The texts are ours. check.py holds the program against them.
"""
import html
import os
import random
import shutil
import subprocess
import sys

OUT = sys.argv[1]
os.makedirs(OUT, exist_ok=True)
random.seed(15)

WHO = ["The keeper", "Her brother", "The pilot", "A baker from Lom", "The office clerk", "The chief fisher", "Nobody but the crew"]
DID = ["mended the oars", "wrote the hours into the log", "offered five waffles to the crew", "found the difference of five crowns", "lit the lamp at half past four",
       "counted the boats that came in before the tide", "sold the fish on the quay", "carried the affidavit to the sheriff's office", "took the self-supporting mast down"]
WHEN = ["in the spring of 1931", "on the 3rd of May", "when the fog lifted", "before the first snow", "after 2,400 days", "at the end of the flood"]
MORE = ["and nobody knew why", "although the wind was rough", "for the price of 12.50 crowns", "as the well-known rules of the slip say", "while the others slept",
        "so that the fluffy dog was baffled", "which was efficient enough"]


def sentence():
    return f"{random.choice(WHO)} {random.choice(DID)} {random.choice(WHEN)}, {random.choice(MORE)}."


def para(n=4):
    return " ".join(sentence() for _ in range(n))


TABLE = [["Town", "Boats", "Men"], ["Bergen", "63", "120"], ["Oslo", "28", "41"], ["Narvik", "57", "99"]]
ROWS = ["; ".join(f"{h}: {c}" for h, c in zip(TABLE[0], r)) for r in TABLE[1:]]
ARABIC = ["وصل القارب إلى الميناء في الصباح وكان البحر هادئا.", "كتب الحارس في السجل أن المصباح أضيء سنة 1868 قبل الفجر."]
HEBREW = ["הסירה הגיעה לנמל בבוקר והים היה שקט.", "השומר כתב ביומן שהמנורה נדלקה בשנת 1868."]
CJK = ["船は朝に港に着き、海は静かだった。", "灯台守は日誌に、灯は一八六八年にともされたと書いた。"]


def document(kind):
    """A document as (kind of block, text or rows)."""
    d = [("h1", "The slip at Lom")]
    if kind == "plain":
        for i in range(3):
            d += [("h2", ["Oars", "Fish", "Lamps"][i])] + [("p", para(5)) for _ in range(6)]
    elif kind == "table":
        d += [("p", para()), ("table", TABLE), ("p", para())]
    elif kind == "notes":
        d += [("pn", ("The lamp was lit in 1868", " by the pastor, and 120", " boats came in the first night. " + para(2)),
               ["The log of the keeper begins in that year.", "As counted by the customs office."]), ("p", para())]
    elif kind == "powers":
        d += [("ps", "The lens has 3 m", "2", " and weighs 10", "3", " pounds, which is 2.5 times the usual. " + para(2))]
    elif kind == "columns":
        d += [("p", para(4)) for _ in range(10)]
    elif kind == "arabic":
        d = [("p", t) for t in ARABIC]
    elif kind == "hebrew":
        d = [("p", t) for t in HEBREW]
    elif kind == "cjk":
        d = [("p", t) for t in CJK]
    elif kind == "struck":
        d += [("s", "A ticket costs ", "12 crowns", " 14 crowns for grown people. " + para(2))]
    return d


def gold(d):
    lines = []
    for b in d:
        if b[0] in ("h2", "p"):
            lines.append(b[1])
        elif b[0] == "table":
            lines += ROWS
        elif b[0] == "pn":
            lines.append("".join(b[1]))
            lines += [f"{i + 1} {n}" for i, n in enumerate(b[2])]
        elif b[0] == "ps":
            lines.append(f"{b[1]}²{b[3]}^{b[4]}{b[5]}")
        elif b[0] == "s":
            lines.append((b[1] + b[3]).replace("  ", " "))
    return lines


def as_html(d, kind):
    out, notes = [], []
    for b in d:
        if b[0] in ("h1", "h2", "p"):
            out.append(f"<{b[0]}>{html.escape(b[1])}</{b[0]}>")
        elif b[0] == "table":
            out.append("<table border=1>" + "".join("<tr>" + "".join(f"<{'th' if i == 0 else 'td'}>{c}</{'th' if i == 0 else 'td'}>" for c in r) + "</tr>" for i, r in enumerate(b[1])) + "</table>")
        elif b[0] == "pn":
            out.append("<p>" + b[1][0] + "<sup>1</sup>" + b[1][1] + "<sup>2</sup>" + b[1][2] + "</p>")
            notes = [f'<p style="font-size:8pt"><sup>{i + 1}</sup> {n}</p>' for i, n in enumerate(b[2])]
        elif b[0] == "ps":
            out.append(f"<p>{b[1]}<sup>{b[2]}</sup>{b[3]}<sup>{b[4]}</sup>{b[5]}</p>")
        elif b[0] == "s":
            out.append(f"<p>{b[1]}<s>{b[2]}</s>{b[3]}</p>")
    lang = {"arabic": "ar", "hebrew": "he", "cjk": "ja"}.get(kind, "en")
    rtl = ' dir="rtl"' if kind in ("arabic", "hebrew") else ""
    columns = "article{column-count:2;column-gap:2em;text-align:justify;hyphens:auto}" if kind == "columns" else ""
    return (f'<!doctype html><html lang="{lang}"{rtl}><meta charset="utf-8"><style>body{{font:11pt/1.35 "Noto Serif","Noto Naskh Arabic","Noto Serif Hebrew","Noto Sans CJK JP",serif}}'
            f"{columns}</style><body><article>" + "\n".join(out + notes) + "</article></body></html>")


def as_typst(d, kind):
    esc = lambda s: "".join("\\" + c if c in "#$*_@<>`~\\" else c for c in s)
    head = '#set page(paper: "a5", numbering: "1", header: [The slip at Lom])\n#set par(justify: true)\n#set text(size: 10pt, lang: "en", font: ("Noto Serif", "Noto Naskh Arabic", "Noto Serif Hebrew", "Noto Sans CJK JP"))\n'
    if kind == "columns":
        head += "#set page(columns: 2, paper: \"a4\")\n#set text(hyphenate: true)\n"
    if kind in ("arabic", "hebrew"):
        head = head.replace('lang: "en"', 'lang: "%s"' % ("ar" if kind == "arabic" else "he"))
    out = []
    for b in d:
        if b[0] in ("h1", "h2"):
            out.append(("= " if b[0] == "h1" else "== ") + esc(b[1]))
        elif b[0] == "p":
            out.append(esc(b[1]))
        elif b[0] == "table":
            out.append("#table(columns: 3, table.header(" + ",".join(f"[*{c}*]" for c in b[1][0]) + ")," + ",".join(f"[{c}]" for r in b[1][1:] for c in r) + ")")
        elif b[0] == "pn":
            out.append(esc(b[1][0]) + f"#footnote[{b[2][0]}]" + esc(b[1][1]) + f"#footnote[{b[2][1]}]" + esc(b[1][2]))
        elif b[0] == "ps":
            out.append(esc(b[1]) + f"#super[{b[2]}]" + esc(b[3]) + f"#super[{b[4]}]" + esc(b[5]))
        elif b[0] == "s":
            out.append(esc(b[1]) + f"#strike[{b[2]}]" + esc(b[3]))
    return head + "\n\n".join(out)


def as_latex(d, kind, fonts=""):
    esc = lambda s: "".join("\\" + c if c in "#$%&_{}" else c for c in s)
    out = []
    for b in d:
        if b[0] == "h1":
            out.append("\\section*{%s}" % esc(b[1]))
        elif b[0] == "h2":
            out.append("\\subsection*{%s}" % esc(b[1]))
        elif b[0] == "p":
            out.append(esc(b[1]))
        elif b[0] == "table":
            out.append("\\begin{center}\\begin{tabular}{lrr}\\hline " + "\\\\ ".join(" & ".join(r) for r in b[1]) + "\\\\ \\hline\\end{tabular}\\end{center}")
        elif b[0] == "pn":
            out.append(esc(b[1][0]) + "\\footnote{%s}" % b[2][0] + esc(b[1][1]) + "\\footnote{%s}" % b[2][1] + esc(b[1][2]))
        elif b[0] == "ps":
            out.append(esc(b[1]) + "$^%s$" % b[2] + esc(b[3]) + "$^%s$" % b[4] + esc(b[5]))
    cls = "\\documentclass[%s]{article}" % ("twocolumn,a4paper" if kind == "columns" else "a5paper")
    return cls + fonts + "\\begin{document}" + "\n\n".join(out) + "\\end{document}"


def as_groff(d, kind):
    out = [".nr PS 10", ".nr VS 13"]
    if kind == "columns":
        out.append(".2C")
    for b in d:
        if b[0] in ("h1", "h2"):
            out += [".SH", b[1]]
        elif b[0] == "p":
            out += [".PP", b[1]]
        elif b[0] == "table":
            out += [".TS", "tab(|);", "lb rb rb", "l r r.", *["|".join(r) for r in b[1]], ".TE"]
        elif b[0] == "ps":
            out += [".PP", f"{b[1]}\\s-3\\u{b[2]}\\d\\s0{b[3]}\\s-3\\u{b[4]}\\d\\s0{b[5]}"]
    return "\n".join(out) + "\n"


def run(*cmd, **kw):
    return subprocess.run(cmd, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=180, **kw)


made = []


def keep(name, d, kind, make):
    pdf = os.path.join(OUT, name + ".pdf")
    try:
        make(pdf)
        with open(os.path.join(OUT, name + ".gold"), "w") as f:
            f.write("\n".join(gold(d)) + "\n")
        made.append(name)
    except Exception as e:  # noqa: BLE001 - a program that is missing
        print("left out", name, e)


def write(path, text):
    with open(path, "w") as f:
        f.write(text)


def chromium(d, kind):
    def make(pdf):
        write(OUT + "/t.html", as_html(d, kind))
        run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--print-to-pdf=" + pdf, OUT + "/t.html")
    return make


def soffice(d, kind):
    def make(pdf):
        name = os.path.basename(pdf)[:-4]
        write(f"{OUT}/{name}.html", as_html(d, kind))
        run("soffice", "--headless", "--convert-to", "pdf:writer_web_pdf_Export" if False else "pdf", "--outdir", OUT, f"{OUT}/{name}.html")
        os.remove(f"{OUT}/{name}.html")
        assert os.path.exists(pdf)
    return make


def typst(d, kind):
    def make(pdf):
        import typst as t
        write(OUT + "/t.typ", as_typst(d, kind))
        t.compile(OUT + "/t.typ", output=pdf)
    return make


def latex(d, kind, fonts=""):
    def make(pdf):
        write(OUT + "/t.tex", as_latex(d, kind, fonts))
        run("pdflatex", "-interaction=batchmode", "-output-directory", OUT, OUT + "/t.tex")
        shutil.move(OUT + "/t.pdf", pdf)
    return make


def groff(d, kind):
    def make(pdf):
        with open(pdf, "wb") as f:
            subprocess.run(["groff", "-t", "-ms", "-Tpdf"], input=as_groff(d, kind).encode(), stdout=f, stderr=subprocess.DEVNULL, check=True)
    return make


def reportlab(d, kind, **kw):
    def make(pdf):
        from reportlab.lib.styles import getSampleStyleSheet
        from reportlab.platypus import Paragraph, SimpleDocTemplate, Table
        s = getSampleStyleSheet()
        flow = []
        for b in d:
            if b[0] == "table":
                flow.append(Table(b[1]))
            elif b[0] == "ps":
                flow.append(Paragraph(f"{b[1]}<super>{b[2]}</super>{b[3]}<super>{b[4]}</super>{b[5]}", s["BodyText"]))
            elif b[0] == "s":
                flow.append(Paragraph(f"{b[1]}<strike>{b[2]}</strike>{b[3]}", s["BodyText"]))
            else:
                flow.append(Paragraph(b[1], s[{"h1": "Title", "h2": "Heading2", "p": "BodyText"}[b[0]]]))
        SimpleDocTemplate(pdf, **kw).build(flow)
    return make


def fpdf(d, kind):
    def make(pdf):
        from fpdf import FPDF
        f = FPDF()
        f.add_page()
        for b in d:
            f.set_font("Times", "B" if b[0] != "p" else "", {"h1": 20, "h2": 14}.get(b[0], 11))
            if b[0] == "table":
                f.set_font("Times", "", 11)
                with f.table() as t:
                    for r in b[1]:
                        row = t.row()
                        for c in r:
                            row.cell(c)
            else:
                f.multi_cell(0, 6, b[1], new_x="LMARGIN", new_y="NEXT")
                f.ln(3)
        f.output(pdf)
    return make


for kind in ["plain", "table", "notes", "powers", "columns", "arabic", "hebrew", "cjk", "struck"]:
    d = document(kind)
    keep("chromium-" + kind, d, kind, chromium(d, kind))
    d = document(kind)
    keep("soffice-" + kind, d, kind, soffice(d, kind))
    d = document(kind)
    keep("typst-" + kind, d, kind, typst(d, kind))
for kind in ["plain", "table", "notes", "powers", "columns"]:
    d = document(kind)
    keep("latex-" + kind, d, kind, latex(d, kind))
d = document("plain")
keep("latex-t1-plain", d, "plain", latex(d, "plain", "\\usepackage[T1]{fontenc}"))
for kind in ["plain", "table", "powers", "columns"]:
    d = document(kind)
    keep("groff-" + kind, d, kind, groff(d, kind))
for kind in ["plain", "table", "powers", "struck"]:
    d = document(kind)
    keep("reportlab-" + kind, d, kind, reportlab(d, kind))
for kind in ["plain", "table"]:
    d = document(kind)
    keep("fpdf-" + kind, d, kind, fpdf(d, kind))


def again(name, source, *args):
    def make(pdf):
        run("qpdf", *args, f"{OUT}/{source}.pdf", pdf)
        shutil.copy(f"{OUT}/{source}.gold", f"{OUT}/{name}.gold")
    try:
        make(os.path.join(OUT, name + ".pdf"))
        made.append(name)
    except Exception as e:  # noqa: BLE001
        print("left out", name, e)


again("qpdf-rc4", "latex-plain", "--allow-weak-crypto", "--encrypt", "", "owner", "128", "--use-aes=n", "--")
again("qpdf-aes128", "typst-notes", "--allow-weak-crypto", "--encrypt", "", "owner", "128", "--use-aes=y", "--")
again("qpdf-aes256", "chromium-plain", "--encrypt", "", "owner", "256", "--")
again("qpdf-rotate", "typst-table", "--rotate=+90")
again("qpdf-rotate180", "latex-powers", "--rotate=+180")
again("qpdf-objects", "soffice-notes", "--object-streams=generate")
for name, source in [("cut-xref", "latex-table"), ("bad-xref", "groff-plain")]:
    if source in made:
        data = open(f"{OUT}/{source}.pdf", "rb").read()
        i = data.rfind(b"startxref")
        data = data[:i] if name == "cut-xref" else data[:i] + b"startxref\n77\n%%EOF\n"
        open(f"{OUT}/{name}.pdf", "wb").write(data)
        shutil.copy(f"{OUT}/{source}.gold", f"{OUT}/{name}.gold")
        made.append(name)
print(len(made), "made")
