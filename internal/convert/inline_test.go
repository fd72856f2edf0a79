package convert

import (
	"slices"
	"strings"
	"testing"
)

// around is a text long enough for an article, so that nothing but the fragment decides.
const around = `<p>The boat is laid up on the slip from October, when the nights draw in, until the week before
Easter, and whoever has a key may go and look
at her. She was built at Lom, of oak and larch, by two brothers who never went to sea, and has been rowed by four
crews since.</p>`

// shownAs converts a fragment inside an article and returns the blocks between the two paragraphs around it.
func shownAs(t *testing.T, fragment string) (got []string, notes []string) {
	t.Helper()
	page := `<html><head><title>The boat club</title></head><body><article><h1>The boat club</h1>` + around + fragment +
		around + `</article></body></html>`
	d, err := readHTML([]byte(page), "", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range d.blocks {
		switch {
		case strings.HasPrefix(b.text, "The boat is laid up"):
		case b.kind == table:
			for _, row := range b.rows {
				got = append(got, "| "+strings.Join(row, " | "))
			}
		case b.kind == item && b.number > 0:
			got = append(got, plural(b.number, "", "")[:strings.IndexByte(plural(b.number, "", ""), ' ')]+". "+b.text)
		case b.kind == item:
			got = append(got, "- "+b.text)
		case b.kind == heading:
			got = append(got, "# "+b.text)
		case b.kind == code:
			got = append(got, "```"+b.language+"\n"+b.text)
		default:
			got = append(got, b.text)
		}
	}
	return got, noteTexts(append(d.notes, d.left.notes()...))
}

// TestShownText holds what elements say to how it must read as text. Each row is a rule, or its near miss.
func TestShownText(t *testing.T) {
	for name, c := range map[string]struct {
		fragment string
		want     []string
	}{
		// What appears when somebody points at a word.
		"tooltip by its role": {`<p>The mayor <a href="/m">Liv Dahl<span role="tooltip">` +
			`She has been mayor since 2011</span></a> spoke.</p>`,
			[]string{"The mayor Liv Dahl spoke."}},
		"tooltip by its class": {`<p>The <span class="tip">spring tide<span class="tooltiptext">The highest</span></span>` +
			` came.</p>`,
			[]string{"The spring tide came."}},
		"card that repeats the name": {`<p>So says <a href="/m">Liv Dahl</a><span class="x"><b>Liv Dahl</b> <i>mayor</i>` +
			`</span>.</p>`,
			[]string{"So says Liv Dahl."}},
		"card that repeats the word": {`<p>So says Liv Dahl<span class="x">Liv Dahl is the mayor</span>.</p>`,
			[]string{"So says Liv Dahl."}},
		"a name said twice": {`<p>Liv Dahl <span class="x">Liv Dahl is the mayor</span>.</p>`,
			[]string{"Liv Dahl Liv Dahl is the mayor."}},
		"a word that goes on": {`<p>The foot<span class="x">football</span> and un<span class="y">believable</span>.</p>`,
			[]string{"The footfootball and unbelievable."}},
		"a label behind a word": {`<p>Ask Berit<span class="role">Member since 2011</span>.</p>`,
			[]string{"Ask Berit Member since 2011."}},
		"a day behind a name": {`<p><span class="who">berit</span><time>February 4</time></p>`,
			[]string{"berit February 4"}},
		// Books.
		"number of a page": {`<p>The pier fell in<span role="doc-pagebreak" epub:type="pagebreak">13</span>side.</p>`,
			[]string{"The pier fell inside."}},
		"the way back": {`<ol><li>By night. <a href="#r1">↩︎</a></li><li>Or <a href="#x">1869</a>` +
			`. <a role="doc-backlink" href="#r2">Back</a></li></ol>`,
			[]string{"1. By night.", "2. Or 1869."}},
		// Lists.
		"counted down": {`<ol reversed><li>One</li><li>Two</li></ol>`, []string{"2. One", "1. Two"}},
		"counted in letters": {`<ol type="a"><li>One</li><li>Two<p>More</p></li></ol><ol type="I" start="4"><li>Three</li>` +
			`</ol>`,
			[]string{"- a. One", "- b. Two", "- More", "- IV. Three"}},
		"quoted in a forum": {`<blockquote><cite>berit_h wrote:</cite>What can I put on it?</blockquote>`,
			[]string{"“What can I put on it?” — berit_h"}},
		// Raised figures.
		"letter of a note": {`<p>Dug by nine boatmen<sup>a</sup>, M<sup>e</sup> Lie, 1<sup>a</sup>, x<sup>n</sup>.</p>`,
			[]string{"Dug by nine boatmen[a], Me Lie, 1a, x^n."}},
		"note mark without an element": {`<p>In 1850<a href="#fn2"><span class="up">2</span></a>, see <a href="#fn2">` +
			`note 2</a>.</p>`,
			[]string{"In 1850, see note 2."}},
		"note mark": {`<p>It was dug in 1840<sup><a href="#f1">1</a></sup> by nine men.</p>`,
			[]string{"It was dug in 1840 by nine men."}},
		"note marks go on": {`<p>In 1840<sup><a href="#f1">1</a></sup> it cost 300<sup>2</sup> crowns.</p>`,
			[]string{"In 1840 it cost 300 crowns."}},
		"note mark in brackets": {`<p>In 1840<sup class="reference"><a href="#cite-3">[3]</a></sup> it was dug.</p>`,
			[]string{"In 1840 it was dug."}},
		"note mark, link outside": {`<p>In 1840<a href="#n"><sup>4</sup></a> it was dug.</p>`,
			[]string{"In 1840 it was dug."}},
		"two note marks": {`<p>In 1840<sup><a href="#1">1</a></sup><sup>,</sup><sup><a href="#2">2</a></sup> it was dug.</p>`,
			[]string{"In 1840, it was dug."}},
		"a lone mark": {`<p>They paid 300<sup>7</sup> crowns.</p>`, []string{"They paid 300[7] crowns."}},
		"power of ten": {`<p>It yields 6 x 10<sup>2</sup> litres, 10<sup>−3</sup> of all.</p>`,
			[]string{"It yields 6 x 10^2 litres, 10^−3 of all."}},
		"area": {`<p>It has 3 m<sup>2</sup>, 40 km<sup>2</sup> and x<sup>2</sup>.</p>`,
			[]string{"It has 3 m², 40 km² and x²."}},
		"power of a letter": {`<p>It grows as e<sup>x</sup> and (a+b)<sup>4</sup>.</p>`,
			[]string{"It grows as e^x and (a+b)^4."}},
		"ordinal": {`<p>On the 1<sup>st</sup> and the 22<sup>nd</sup>, M<sup>me</sup> Lie.</p>`,
			[]string{"On the 1st and the 22nd, Mme Lie."}},
		"letter as a mark": {`<p>There are 120<sup>b</sup> boats.</p>`, []string{"There are 120[b] boats."}},
		"lowered": {`<p>Of H<sub>2</sub>O, x<sub>1</sub> and 10<sub>2</sub>.</p>`,
			[]string{"Of H2O, x1 and 10_2."}},
		// Struck text.
		"deleted": {`<p>It leaves at <del>9:15</del> <ins>9:45</ins>.</p>`, []string{"It leaves at 9:45."}},
		"struck by style": {`<p>It costs <span style="text-decoration: line-through">12</span> 14 euros.</p>`,
			[]string{"It costs 14 euros."}},
		"struck by class": {`<style>.old{text-decoration-line:line-through red}</style><p>It costs <b class="old">12</b>` +
			` 14 euros.</p>`, []string{"It costs 14 euros."}},
		"struck paragraph": {`<del><p>Nobody may swim.</p></del><p>All may swim.</p>`, []string{"All may swim."}},
		"underlined": {`<p>It costs <u style="text-decoration:underline">12</u> euros.</p>`,
			[]string{"It costs 12 euros."}},
		// Quotations.
		"q": {`<p><q>I never learned to swim,</q> says Anna Vik.</p>`,
			[]string{"“I never learned to swim,” says Anna Vik."}},
		"q in q": {`<p><q>She said <q>no</q> twice.</q></p>`, []string{"“She said ‘no’ twice.”"}},
		"signed quotation": {
			`<blockquote><p>My son swims.</p><footer>— <cite>Paula Grey</cite>, mother</footer></blockquote>`,
			[]string{"“My son swims.” — Paula Grey, mother"}},
		"cited quotation": {`<blockquote><p>One.</p><p>Two.</p><p><cite>Ann Berg</cite></p></blockquote>`,
			[]string{"“One.", "Two.” — Ann Berg"}},
		"marked quotation": {`<blockquote><p>“My son swims.”</p><cite>Paula Grey</cite></blockquote>`,
			[]string{"“My son swims.” — Paula Grey"}},
		"unsigned quotation": {`<blockquote><p>My son swims.</p></blockquote>`, []string{"My son swims."}},
		// Lines and lists.
		"lines": {`<p><b>Dates</b><br>1 May – Oslo<br>2 May – Bergen<br>3 May – Bodø</p>`,
			[]string{"Dates", "- 1 May – Oslo", "- 2 May – Bergen", "- 3 May – Bodø"}},
		"wrapped lines": {`<p>The harbour was closed<br>in the night, and nobody<br>came home.</p>`,
			[]string{"The harbour was closed in the night, and nobody came home."}},
		"numbers": {`<ol start="5"><li>Ships pay.</li><li value="9">Boats pay.</li><li>Rafts pay.</li></ol>`,
			[]string{"5. Ships pay.", "9. Boats pay.", "10. Rafts pay."}},
		"numbers nested": {`<ol><li>Untie.<ul><li>Both ropes.</li></ul></li><li>Row.</li></ol>`,
			[]string{"1. Untie.", "- Both ropes.", "2. Row."}},
		"terms": {`<dl><dt>Height</dt><dd>412 metres</dd><dt>Built</dt><dd>1931</dd></dl>`,
			[]string{"- Height: 412 metres", "- Built: 1931"}},
		"terms in parts": {`<dl><div><dt>Crew</dt><dd>Ann</dd><dd>Bo</dd></div></dl>`, []string{"- Crew: Ann", "- Crew: Bo"}},
		"code": {"<pre><code class=\"language-sh\"># Wait\n  kestrel init --port 8080\n</code></pre>",
			[]string{"```sh\n# Wait\n  kestrel init --port 8080"}},
		"typewritten": {"<pre>The boat is old. It leaks a\nlittle. Nobody minds.\n\nThe oars are new. They float.</pre>",
			[]string{"The boat is old. It leaks a little. Nobody minds.", "The oars are new. They float."}},
		"details": {`<details><summary>Keys</summary><p>They hang in the shed.</p></details>`,
			[]string{"Keys", "They hang in the shed."}},
		// Tables.
		"row heads": {`<table><tr><th>Director</th><td>Ada Moe<br>since 2019</td></tr><tr><th>Seats</th><td>` +
			`40</td></tr></table>`, []string{"- Director: Ada Moe, since 2019", "- Seats: 40"}},
		"list in a cell": {`<table><tr><th>Day</th><th>Hours</th></tr><tr><td>Monday</td><td><ul><li>7 to 12</li>` +
			`<li>14 to 20</li></ul></td></tr></table>`, []string{"| Day | Hours", "| Monday | 7 to 12, 14 to 20"}},
		"paragraphs in a cell": {`<table><tr><th>Year</th><th>Tonnes</th></tr><tr><td>2020</td><td><p>4,100</p><p>` +
			`(estimate)</p></td></tr></table>`, []string{"| Year | Tonnes", "| 2020 | 4,100 (estimate)"}},
		"colspan": {`<table><tr><th>Name</th><th colspan="2">Trips</th><th>Note</th></tr><tr><td>Ann</td><td>` +
			`63</td><td>85%</td><td>mate</td></tr></table>`, []string{"| Name | Trips | Note", "| Ann | 63, 85% | mate"}},
		"colspan, two heads": {`<table><tr><th rowspan="2">Name</th><th colspan="2">Trips</th></tr><tr><th>all</th><th>` +
			`late</th></tr><tr><td>Ann</td><td>63</td><td>2</td></tr></table>`,
			[]string{"| Name | Trips all | Trips late", "| Ann | 63 | 2"}},
		"rowspan": {`<table><tr><th>Goods</th><th>State</th><th>Dues</th></tr><tr><td rowspan="2">Timber</td>` +
			`<td>dry</td><td>4</td></tr><tr><td>wet</td><td>6</td></tr></table>`,
			[]string{"| Goods | State | Dues", "| Timber | dry | 4", "| Timber | wet | 6"}},
		"empty cell": {`<table><tr><th>A</th><th>B</th><th>C</th></tr><tr><td>1</td><td></td><td>3</td></tr>` +
			`</table>`, []string{"| A | B | C", "| 1 |  | 3"}},
		"caption": {`<table><caption>Dues of 1931</caption><tr><th>Goods</th><th>Dues</th></tr><tr><td>` +
			`Timber</td><td>4</td></tr></table>`, []string{"Dues of 1931", "| Goods | Dues", "| Timber | 4"}},
		"layout": {`<table role="presentation"><tr><td><p>One.</p></td><td><p>Two.</p></td></tr></table>`,
			[]string{"One.", "Two."}},
		// Formulas, readings, names.
		"fraction": {`<p>The share is 2<math><mfrac><mn>3</mn><mn>4</mn></mfrac></math> of all.</p>`,
			[]string{"The share is 2 3/4 of all."}},
		"power in math": {`<p>It is <math><semantics><msup><mn>10</mn><mn>3</mn></msup>` +
			`<annotation encoding="application/x-tex">10^3</annotation></semantics></math>.</p>`, []string{"It is 10^3."}},
		"root": {`<p>So <math><mi>c</mi><mo>=</mo><msqrt><mi>a</mi><mo>+</mo><mi>b</mi></msqrt></math>.</p>`,
			[]string{"So c = √(a + b)."}},
		"reading": {`<p><ruby>漢字<rt>かんじ</rt></ruby> and <ruby>字<rp>(</rp><rt>じ</rt><rp>)</rp></ruby>.</p>`,
			[]string{"漢字(かんじ) and 字(じ)."}},
		"heading's id": {`<h2 id="metadata">Metadata</h2><p>It is kept.</p>`, []string{"# Metadata", "It is kept."}},
		"section's id": {`<section id="share-capital"><h2>Capital</h2><p>The share capital is 400 pounds.</p></section>`,
			[]string{"# Capital", "The share capital is 400 pounds."}},
		"standfirst": {`<h3>The county has sold the old ferry for one crown, to its crew.</h3>`,
			[]string{"The county has sold the old ferry for one crown, to its crew."}},
		"links touch": {`<p>By <a href="/a">Ann Berg</a><a href="/b">Bo Lie</a> and <a href="/a">Ann</a><a href="/a">` +
			`Ann</a>.</p>`, []string{"By Ann Berg Bo Lie and Ann."}},
		"drop cap": {`<p><span>T</span>he boat <b>is</b><i>n't</i> here.</p>`, []string{"The boat isn't here."}},
	} {
		if got, _ := shownAs(t, c.fragment); !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", name, got, c.want)
		}
	}
}

func TestStruckIsCounted(t *testing.T) {
	_, notes := shownAs(
		t,
		`<p>A ticket costs <s>12 euros</s> 14 euros, and the captain is <strike>Jon Moe</strike> Pia Lie.</p>`,
	)
	if !slices.Contains(notes, "left out: 4 struck words") {
		t.Errorf("%q", notes)
	}
}
