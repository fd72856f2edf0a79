package article

import (
	"fmt"
	"strings"
	"testing"
)

// told is a paragraph with all that is known of it, in one line.
func told(p Passage) string {
	var b strings.Builder
	if p.Kind != Prose {
		b.WriteString(p.Kind.String() + " ")
	}
	if p.Language() != "" {
		b.WriteString("(" + p.Language() + ") ")
	}
	if p.Path != "" {
		b.WriteString("[" + p.Path + "] ")
	}
	if p.Lead() != "" {
		b.WriteString("{" + p.Lead() + "} ")
	}
	b.WriteString(strings.ReplaceAll(p.Text, "\n", "⏎"))
	if p.Behind > 0 {
		fmt.Fprintf(&b, " +%d", p.Behind)
	}
	return b.String()
}

// What generators of documentation add to Markdown, a case or two for each.
var dialects = []struct{ name, file, text, want string }{
	{"fence", "a.md", ":::note\nOne.\n\nTwo.\n:::\n\nThree.", "{Note} One.\n{Note} Two.\nThree."},
	{"fence with a title", "a.md", ":::tip[Do **this**]\nOne.\n:::", "{Do this} Do this: One."},
	{"fence, VitePress", "a.md", "::: warning Mind the gap\nOne.\n:::", "{Mind the gap} Mind the gap: One."},
	{"fence, Pandoc", "a.md", "::: {.callout-note title=\"Now\"}\nOne.\n:::", "{Now} Now: One."},
	{"fence, MyST", "a.md", ":::{note} Now\nOne.\n:::", "{Now} Now: One."},
	{"fences inside", "a.md", "::::tabs\n:::tab One\nA.\n:::\n:::tab Two\nB.\n:::\n::::\nC.",
		"{One} One: A.\n{Two} Two: B.\nC."},
	{"fence in code", "a.md", ":::note\n```\n:::\n```\nOne.\n:::\nTwo.", "code {Note} :::\n{Note} One.\nTwo."},
	{"fence without an end", "a.md", ":::note\nOne.\n\nTwo.", "{Note} One.\n{Note} Two."},
	{"fence of its own line", "a.md", ":::image src=\"x\":::\n\nOne.\n\n:::", "One."},
	{"slashes", "a.md", "/// warning | Careful\n    type: x\n\nOne.\n///\n\n/// html | div\nTwo.\n///",
		"{Careful} Careful: One.\nTwo."},
	{"no slashes", "a.md", "//// is a comment.", "//// is a comment."},
	{"exclamation marks", "a.md", "!!! warning inline end \"Be careful\"\n    One.\n\n    Two.\n\nThree.",
		"{Be careful} Be careful: One.\n{Be careful} Two.\nThree."},
	{"question marks", "a.md", "???+ note\n    - One.\n\nTwo.", "item {Note} One.\nTwo."},
	{"shouting", "a.md", "!!! That was it.", "!!! That was it."},
	{"tabs", "a.md", "=== \"Linux\"\n\n    Run:\n\n    ```sh\n    make\n    ```\n\n=== \"Mac\"\n\n    Run it.",
		"{Linux} Linux: Run: +1\ncode (sh) {Linux} make\n{Mac} Mac: Run it."},
	{"no tab", "a.md", "Title\n===\n\nOne.", "One."},
	{"GitHub", "a.md", "> [!NOTE]\n> One.\n>\n> Two.\n\n> Three.", "{Note} One.\n{Note} Two.\nquotation Three."},
	{"Obsidian", "a.md", "> [!faq]- Why?\n> One. ^a1b\n\nSee [[Page#Part|the page]], [[Other]] and ![[x.png]]. %%not " +
		"yet%%\n\n%%\nhidden\n%%\n\n==Two== are == here.",
		"{Why?} Why? One.\nSee the page, Other and .\nTwo are == here."},
	{"link in brackets", "a.md", "[[one]](https://example.org) [a][[b]]", "[one] [a][[b]]"},
	{"heading ids", "a.md", "# Set up { #setup }\n\n## Then {#then .x}\n\nOne.\n\n## A {b}\n\nTwo.",
		"[Then] One.\n[A {b}] Two."},
	{"attributes", "a.md", "[One](x){ .md-button target=_blank } two.{: .x }\n{: .note }\n\n{ .annotate }", "One two."},
	{"braces that are text", "a.md", "Write {name} or {a, b}, and \\{{ x.", "Write {name} or {a, b}, and {{ x."},
	{"includes", "a.md", "{* ../x.py hl[3] *}\n\n--8<-- \"x.md\"\n\n<<< @/x.ts\n\n{!x.md!}\n\n[!INCLUDE " +
		"[x](y.md)]\n\n[TOC]\n\n{{#include x.rs}}\n\nOne.", "One."},
	{"shortcodes", "a.md", "{{< note >}}\nOne.\n{{< /note >}}\n\n{{% tab name=\"Linux\" %}}\nTwo.\n{{% /tab %}}\n\n" +
		"{{< " +
		"toc >}}\n\nA {{< glossary_tooltip text=\"Pod\" term_id=\"pod\" >}} runs.",
		"{Note} One.\n{Linux} Linux: Two.\nA Pod runs."},
	{"a link to a shortcode", "a.md", "See [the page]({{< ref \"a page.md\" >}}) now.", "See the page now."},
	{"liquid", "a.md", "{% raw %}\nOne.\n{% endraw %}\n\n{% hint style=\"info\" %}\nTwo.\n{% endhint %}\n\n{% include " +
		"x.html %}", "One.\n{Hint} Two."},
	{"component", "a.md", "<Steps>\n  <Step title=\"Get it\">\n    Run **this**:\n\n    ```sh\n    get it\n      " +
		"now\n " +
		"   ```\n  </Step>\n</Steps>\n\nTwo.",
		"{Get it} Get it: Run this: +1\ncode (sh) {Get it} get it⏎  now\nTwo."},
	{"component over lines", "a.mdx", "<Card\n  title=\"One\"\n  icon={<Icon name=\"x\" />}\n>\n  " +
		"Text.\n</Card>\n\n<Card title=\"Two\" description=\"It is two.\" />\n<Empty />",
		"{One} One: Text.\nTwo: It is two."},
	{"component in a line", "a.md", "<Note>One **two**</Note>\n\nThree <Badge text=\"new\" /> <Tip>four</Tip> <a " +
		"href={x}>five</a>.", "One two\nThree new four five."},
	{"component closed behind text", "a.md", "<Note>One\ntwo.</Note>\n\nThree.", "{Note} One two.\nThree."},
	{"components inside their like", "a.md", "<Tabs>\n<Tab title=\"A\">\nOne.\n</Tab>\n<Tab " +
		"title=\"B\">\nTwo.\n</Tab>\n</Tabs>\nThree.", "{A} A: One.\n{B} B: Two.\nThree."},
	{"component without an end", "a.md", "<YourToken>\n\n    code", "code code"},
	{"MDX", "a.mdx", "import A from './a'\nimport {\n  B\n} from 'b'\n\nexport const c = {\n  d: 1,\n\n  e: " +
		"2\n}\n\nOne {c.d} is{' '}two. {/* no */}\n\n<div className=\"x\">\n  Three *four*.\n</div>\n\n{[1].map(x => " +
		"(\n  " +
		"<B key={x} />\n))}",
		"One is two.\nThree four."},
	{"imports in prose", "a.md", "import duties rose.\n\nimport A from './a'\n\nTwo.", "import duties rose.\nTwo."},
	{"directive", "a.md", "```{warning} Hot\n:class: x\nOne *two*.\n```\n\n```{code-block} python\nx = 1\n```",
		"{Hot} Hot: One two.\ncode (python) x = 1"},
	{"directives of MyST", "a.md", "(label)=\n# One\n\n:::{admonition} Hot\n:class: warning\nIt is *hot*.\n:::\n\n" +
		"```{toctree}\n:maxdepth: 2\n" +
		"other\n```\n\n% nobody's\n\n```{code-block} python\n:linenos:\nx = 1\n```\n\n```{versionadded} 1.4\nA unit.\n" +
		"```\n\n+++\n\n" +
		"````{tab-set}\n```{tab-item} Linux\nA stick.\n```\n````\n\n```{figure} x.png\n:name: x\n\nA column.\n```",
		"{Hot} Hot: It is hot.\ncode (python) x = 1\n{New in version 1.4} New in version 1.4: A unit.\n" +
			"{Linux} Linux: A stick.\ncaption A column."},
	{"table of MyST", "a.md", "```{list-table} Stones\n:header-rows: 1\n\n* - Stone\n  - Density\n* - Basalt\n  - " +
		"2.9\n```\n\n" +
		":::{list-table}\n:header-rows: 1\n* - A\n  - B\n* - 1\n  - 2\n:::\n\n```{list-table}\n* - 1\n  - 2\n```",
		"row {Stones} Stone: Basalt; Density: 2.9\nrow A: 1; B: 2\nrow 1; 2"},
	{"roles of MyST", "a.md", "See {ref}`the part <label>`, {py:func}`~quarry.weigh`, H{sub}`2`O, m{sup}`2`, " +
		"{math}`x^2` and " +
		"{name}`code`.", "See the part, weigh, H2O, m², x^2 and {name}code."},
	{"formula of MyST", "a.md", "```{math}\n:label: e\na = b\n```", "a = b"},
	{"no directives", "a.md", "% of all boats\n\n(label) =\n\n::: {.module}\nOne.\n:::\n\n:key: value", "% of all " +
		"boats\n(label) =\nOne.\n:key: value"},
	{"raised", "a.md", "A sail of 22 m^2^, 10^3^ and lit in 1868^1^, but a^b^c and 2^8 and x^y z^.",
		"A sail of 22 m², 10³ and lit in 1868, but a^b^c and 2^8 and x^y z^."},
	{"tags alone", "a.md", "#boat #project/active\n\nOne #two.\n\n#3", "One #two.\n#3"},
	{"queries", "a.md", "```dataview\nTABLE x\n```\n\n```sql\nSELECT 1\n```", "code (sql) SELECT 1"},
	{"directions in code", "a.md", "```js\n// highlight-next-line\nlet a\nlet b // [!code ++]\n// highlight-soon\n" +
		"// [!code focus]\n" +
		"let c = '[!code x'\n```\n\n```{python}\n#| echo: false\nx = 1 #| y\n```",
		"code (js) let a⏎let b⏎// highlight-soon⏎let c = '[!code x'\ncode (python) x = 1 #| y"},
	{"table behind an item", "a.md", "- Join us:\n\n|A|B|\n|-|-|\n|1|2|", "item Join us:\nrow A: 1; B: 2"},
	{"markdown in HTML", "a.md", "<div class=\"grid\" markdown>\n\n- **One**\n\n</div>", "item One"},
}

func TestDialects(t *testing.T) {
	for _, c := range dialects {
		d, err := Parse(c.file, []byte(c.text))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		var got []string
		for _, p := range d.Passages {
			got = append(got, told(p))
		}
		if text := strings.Join(got, "\n"); text != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.name, text, c.want)
		}
	}
}

// The kinds of paragraph, and what belongs together.
var kinds = []struct{ name, file, text, want string }{
	{"numbers", "a.md", "3. One.\n4. Two:\n   - a\n   - b\n5. Three.", "item 3. One.\nitem 4. Two: +2\nitem {4. Two:} " +
		"a\nitem {4. Two:} b\nitem 5. Three."},
	{"list behind a colon", "a.md", "You need:\n\n- a\n- b\n\nThen go on.",
		"You need: +2\nitem {You need:} a\nitem {You need:} b\nThen go on."},
	{"codes behind a colon", "a.md", "Run:\n\n```sh\na\n```\n\n```\nb\n```\n\n```\nc\n```\n\nOne.\n\n```\nd\n```",
		"Run: +3\ncode (sh) {Run:} a\ncode {Run:} b\ncode {Run:} c\nOne.\ncode d"},
	{"table behind a colon", "a.md", "The fares:\n\n|To|Fare|\n|-|-|\n|Oslo|3<br>4|\n|Bergen|5|",
		"The fares: +2\nrow {The fares:} To: Oslo; Fare: 3, 4\nrow {The fares:} To: Bergen; Fare: 5"},
	{"heading behind a colon", "a.md", "See:\n\n## Two\n\n- a", "See:\nitem [Two] a"},
	{"prose behind a colon", "a.md", "He said:\n\nIt is over.", "He said:\nIt is over."},
	{"quotation behind a colon", "a.md", "He said:\n\n> It is over.\n> — The mayor",
		"He said: +1\nquotation {He said:} It is over. — The mayor"},
	{"label", "a.md", "## A\n\n**You need:**\n\n- a\n- b\n\nOne.", "item [A] {You need:} a\nitem [A] {You need:} " +
		"b\n[A] One."},
	{"code in an item", "a.md", "1. Run:\n   ```\n   a\n   ```\n2. Go.", "item 1. Run: +1\ncode {1. Run:} a\nitem " +
		"2. Go."},
	{"code with a name", "a.md", "```js title=\"src/x.js\" {1,3}\nlet a\n\n  let b\n```",
		"code (js) {src/x.js} let a⏎⏎  let b"},
	{"code, flush left", "a.md", "```yaml\n\n  a:\n    b: 1\n```", "code (yaml) a:⏎  b: 1"},
	{"path", "a.md", "# T\n\nOne.\n\n## A\n\n### B\n\nTwo.\n\n## C\n\nThree.", "One.\n[A › B] Two.\n[C] Three."},
	{"definitions", "a.md", "Term\n: One.\n: Two.\n\nOther\n: Three.", "definition Term: One.\ndefinition Term: " +
		"Two.\ndefinition Other: Three."},
	{"footnote", "a.md", "One.[^a]\n\nTwo.\n\n[^a]: Three.", "One.\nTwo.\nfootnote {One.} Three."},
	{"tasks", "a.md", "- [x] One\n- [ ] Two", "item One\nitem Two"},
	{"struck", "a.md", "It costs ~~12~~ 14, <del>no</del> H~2~O.", "It costs 14, H2O."},
	{"raised", "a.md", "Lit in 1868<sup>1</sup>, 10<sup>2</sup> m<sup>2</sup>, the 1<sup>st</sup>, boats<sup>2</sup>.",
		"Lit in 1868, 10² m², the 1st, boats."},
	{"HTML table", "a.md", "<table><tr><th>Director</th><td>Ada Moe<br>since " +
		"2019</td></tr></table>\n\n<table><tr><th>Day</th><th>Hours</th></tr><tr><td rowspan=2>Monday</td><td><ul><li>7 " +
		"to 12</li><li>14 to 20</li></ul></td></tr><tr><td>21</td></tr></table>",
		"row Director: Ada Moe, since 2019\nrow Day: Monday; Hours: 7 to 12, 14 to 20\nrow Day: Monday; Hours: 21"},
	{"HTML of other kinds", "a.md", "<h2 align=\"center\">A</h2>\n<p>One</p>\n<ol " +
		"start=\"4\"><li>Two</li></ol>\n<dl><dt>Height</dt><dd>412 m</dd></dl>\n<pre><code class=\"language-go\">a\n  " +
		"b</code></pre>\n<figure><figcaption>Three</figcaption></figure>\n<blockquote>Four</blockquote>",
		"[A] One\nitem [A] 4. Two\ndefinition [A] Height: 412 m\ncode (go) [A] a⏎  b\ncaption [A] Three\nquotation " +
			"[A] Four"},
	{"details", "a.md", "<details>\n<summary>Why?</summary>\n\nOne *two*.\n\n</details>\n\nThree.",
		"Why? One two.\nThree."},
	{"heading without a blank line", "a.txt", "Minutes\n\n2. Bees\nCara Lunt reported that two hives died. \"It " +
		"was\nthe frost,\" she said.\nCows\nThe cows were counted on Tuesday by two\nsisters.",
		"Minutes\n[2. Bees] Cara Lunt reported that two hives died. \"It was the frost,\" she said.\n[Cows] The cows " +
			"were " +
			"counted on Tuesday by two sisters."},
	{"wrapped lines are no headings", "a.txt", "The Report of the Lunt Committee on\nBees and other animals of the " +
		"valleys\nis out.\n\nAnn Berg\n12 High Street, behind the old mill\nOslo\n\nThe end came.",
		"The Report of the Lunt Committee on Bees and other animals of the valleys is out.\nAnn Berg 12 High Street, " +
			"behind the old mill Oslo\nThe end came."},
	{"shell", "a.txt", "Tell the shell where it is:\n\n# export proxy=http://gateway/\n\nThen start.",
		"Tell the shell where it is:\n# export proxy=http://gateway/\nThen start."},
}

func TestKinds(t *testing.T) {
	for _, c := range kinds {
		d, err := Parse(c.file, []byte(c.text))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		var got []string
		for _, p := range d.Passages {
			got = append(got, told(p))
		}
		if text := strings.Join(got, "\n"); text != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.name, text, c.want)
		}
	}
}

// What the path of a file says where its text does not.
func TestPathSays(t *testing.T) {
	for _, c := range []struct{ file, text, title, day string }{
		{"blog/2024-05-03-gauges.md", "# Gauges\n\nOne.", "Gauges", "2024-05-03"},
		{"_posts/2024-05-03-gauges.md", "---\ndate: 2023-01-02\n---\nOne.", "2024 05 03 gauges", "2023-01-02"},
		{"Daily/2024-11-03.md", "One.", "2024 11 03", "2024-11-03"},
		{"reports/2024-05-03-gauges.md", "# Gauges\n\nOne.", "Gauges", "0001-01-01"},
		{"blog/2024-55-03-gauges.md", "# Gauges\n\nOne.", "Gauges", "0001-01-01"},
		{"versioned_docs/version-1.0/a.md", "# A\n\nOne.", "A (1.0)", "0001-01-01"},
		{"versioned_docs/version-1.0/a.md", "# A of 1.0\n\nOne.", "A of 1.0", "0001-01-01"},
		{"docs/version-1.0/a.md", "# A\n\nOne.", "A", "0001-01-01"},
	} {
		d, err := Parse(c.file, []byte(c.text))
		if err != nil {
			t.Fatal(err)
		}
		if day := d.Published.Format("2006-01-02"); d.Title != c.title || day != c.day || d.Passages[0].Title != c.title {
			t.Errorf("%s: %q, %s", c.file, d.Title, day)
		}
	}
}
