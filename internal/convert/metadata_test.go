package convert

import (
	"pilcrow/internal/byline"
	"strings"
	"testing"
)

// TestFacts holds what pages say of themselves to what is taken.
func TestFacts(t *testing.T) {
	for name, c := range map[string]struct{ head, lead, title, author, day string }{
		"line with a label": {`<title>Fog</title>`, `<h1>Fog</h1><p class="x">Published: Monday, 27 November 2017</p>`,
			"Fog", "", "2017-11-27"},
		"a caption": {`<title>Fog</title>`, `<h1>Fog</h1><table><caption>Depth by year</caption><tr><td>1</td></tr></table>`,
			"Fog", "", ""},
		"a forum": {`<title>Fog</title>`,
			`<h1>Fog</h1><div><p class="author">by <b>berit_h</b> » Mon Nov 27, 2017 9:14 am</p>` +
				`<p>What helps?</p></div><div><p class="author">by <b>ola99</b> » Tue Nov 28, 2017</p><p>Wait.</p></div>`,
			"Fog", "berit_h", "2017-11-27"},
		"a forum, the last by a moderator": {`<title>Fog</title>`,
			`<h1>Fog</h1><div class="author"><a class="username">ola99</a>` +
				`<i>12 posts</i></div><p>What helps?</p><div class="author"><a class="username">mod</a></div>`,
			"Fog", "ola99", ""},
		"a forum of people": {`<title>Fog</title>`, `<h1>Fog</h1><span class="username">Ann Berg</span><p>What helps?</p>` +
			`<span class="username">Bo Lie</span><p>Wait.</p>`, "Fog", "Ann Berg", ""},
		"one person is no forum": {`<title>Fog</title>`, `<h1>Fog</h1><span class="username">Ann Berg</span>`, "Fog", "",
			""},
		"a name of one's own": {`<title>Fog</title>`, `<h1>Fog</h1><p class="author">by berit</p><p>One.</p>`, "Fog",
			"berit", ""},
		"one visitor is no forum": {`<title>Fog</title>`, `<p class="username">ola99</p><h1>Fog</h1>`, "Fog", "", ""},
		"line with a time": {`<title>Fog</title>`, `<h1>Fog</h1><p>Posted on November 27, 2017 at 8:15 am</p>`, "Fog",
			"", "2017-11-27"},
		"German line": {`<title>Nebel</title>`, `<h1>Nebel</h1><p>Veröffentlicht am 27. November 2017</p>`,
			"Nebel", "", "2017-11-27"},
		"line by its class": {`<title>Fog</title>`, `<h1>Fog</h1><p class="post-meta">27.11.2017 by Ann Berg</p>`, "Fog",
			"Ann Berg", "2017-11-27"},
		"only updated": {`<title>Fog</title>`, `<h1>Fog</h1><p class="date">Updated 27 November 2017</p>`, "Fog",
			"", ""},
		"a day in the text": {`<title>Fog</title>`,
			`<h1>Fog</h1><p>On 27 November 2017 the ferry was cancelled, and on <time datetime="2017-12-01">Friday</time>` +
				` it came back again.</p>`, "Fog", "", ""},
		"a day in a table": {`<title>Fog</title>`,
			`<h1>Fog</h1><table><tr><th>Opened</th><td>3 May 1931</td></tr><tr><th>Seats</th><td>40</td></tr></table>`, "Fog",
			"", ""},
		"the article's JSON-LD": {`<title>Fog</title><script type="application/ld+json">{"@graph":[{"@type":"WebPage",` +
			`"datePublished":"2015-01-01"},{"@type":["NewsArticle"],"datePublished":"2017-11-27T08:00:00Z",` +
			`"author":[{"@type":"Person","name":"Ann Berg"},{"name":"Bo Lie"}]}]}</script>`, `<h1>Fog</h1>`, "Fog",
			"Ann Berg, Bo Lie", "2017-11-27"},
		"JSON-LD in two scripts": {`<title>Fog</title><script type="application/ld+json">{"@type":"WebSite",` +
			`"datePublished":"2015-01-01"}</script><script type="application/ld+json">[{"@type":"BlogPosting",` +
			`"datePublished":"2017-11-27"}]</script>`, `<h1>Fog</h1>`, "Fog", "", "2017-11-27"},
		"two metas": {`<title>Fog</title><meta name="date" content="2015-01-01">` +
			`<meta property="article:published_time" content="2017-11-27T23:30:00-05:00">`, `<h1>Fog</h1>`, "Fog", "",
			"2017-11-27"},
		"a time in the header": {`<title>Fog</title>`,
			`<header><h1>Fog</h1><time datetime="2017-11-27">yesterday</time></header>`, "Fog", "", "2017-11-27"},
		"the site's name": {`<title>The mill burns – Skarvik Post</title>` +
			`<meta property="og:site_name" content="Skarvik Post">`, ``, "The mill burns", "", ""},
		"the site's name first": {`<title>Skarvik Post | The mill burns</title>` +
			`<meta property="og:site_name" content="Skarvik Post">`, ``, "The mill burns", "", ""},
		"a site without a name": {`<title>The old mill burns down - Skarvik Post</title>`, ``, "The old mill burns down", "",
			""},
		"a dash of the title": {`<title>Bergen – Oslo</title>`, ``, "Bergen – Oslo", "", ""},
		"a logo as a heading": {`<title>The old mill burns down :: Skarvik Post</title>`, `<h1>Skarvik Post</h1>`,
			"The old mill burns down", "", ""},
		"Posted on … by": {`<title>Fog</title>`,
			`<h1>Fog</h1><p class="byline"><a rel="author" href="/x">Posted on</a> <span class="date">` +
				`16. December 2019</span> by Ann Berg</p>`, "Fog", "Ann Berg", "2019-12-16"},
		"a label of Twitter's": {`<title>Fog</title><meta name="twitter:label1" content="Written by">` +
			`<meta name="twitter:data1" content="Ann Berg">`, `<h1>Fog</h1>`, "Fog", "Ann Berg", ""},
		"an address as author": {`<title>Fog</title><meta property="article:author" content="https://example.org/ann">`,
			`<h1>Fog</h1><p class="author">By Ann Berg, Staff Writer</p>`, "Fog", "Ann Berg", ""},
		"a day as author": {`<title>Fog</title>`,
			`<h1>Fog</h1><p class="author">Published: Monday, 27 November 2017</p>`, "Fog", "", "2017-11-27"},
		"a particle": {`<title>Fog</title><meta name="author" content="van Dijk, Pia">`, `<h1>Fog</h1>`, "Fog",
			"van Dijk, Pia", ""},
		"related articles": {`<title>Fog</title>`,
			`<h1>Fog</h1><aside><p class="byline">by Bo Lie</p><time datetime="2011-01-01">then</time></aside>`, "Fog", "", ""},
	} {
		page := "<html><head>" + c.head + "</head><body><article>" + c.lead + strings.Repeat(
			around,
			2,
		) + "</article></body></html>"
		d, err := readHTML([]byte(page), "", "")
		if err != nil {
			t.Fatal(err)
		}
		if d.title != c.title || d.author != c.author || formatDay(d.published) != c.day {
			t.Errorf(
				"%s: %q by %q on %q; want %q by %q on %q",
				name,
				d.title,
				d.author,
				formatDay(d.published),
				c.title,
				c.author,
				c.day,
			)
		}
	}
}

func TestDayIn(t *testing.T) {
	for text, want := range map[string]string{
		"27 November 2017": "2017-11-27", "the 1st of May 2020": "2020-05-01", "Nov. 3, 2017": "2017-11-03",
		"2017-11-27T08:00": "2017-11-27", "27.11.2017": "2017-11-27",
		"27/11/2017": "2017-11-27", "11/27/2017": "2017-11-27", "3/4/2017": "", "17. mai 2014": "2014-05-17",
		"le 1er août 1999": "1999-08-01", "3 de mayo de 1931": "1931-05-03",
		"2017年11月27日": "2017-11-27", "31 February 2017": "", "version 1.2.2017": "2017-02-01", "May 1931": "",
		"12 boats 1931": "",
	} {
		if day, _ := byline.Day(text); formatDay(day) != want {
			t.Errorf("%q: %q, want %q", text, formatDay(day), want)
		}
	}
}

// TestWrongPart holds the choice of the part of a page to pages that lead the extractor astray.
func TestWrongPart(t *testing.T) {
	const disclaimer = `<div class="note"><h3>About our cards</h3><p>Many of the offers on this site are from banks
that pay us, which may decide, among other things,
where, how and in what order they stand here, though not, as far as we can help it, what we say of them.</p><p>We do
not list all banks, all cards, or all offers, and what we
say of them is ours alone, not that of a bank, a shop, or an airline, which has not seen, checked, or approved it
before it came out.</p></div>`
	const head = `<title>New date for the ferry</title><meta property="og:description" content="The ferry to Bodø will ` +
		`sail from the first of May, a month later than planned.">`
	page := `<html><head>` + head + `</head><body><div class="entry has-sidebar"><h1>New date for the ferry</h1><p>The
ferry to Bodø will sail from the first of May.</p>
<p>It is a month late.</p></div>` + disclaimer + `</body></html>`
	d, err := readHTML([]byte(page), "", "")
	if err != nil || len(d.blocks) != 2 || d.blocks[1].text != "It is a month late." {
		t.Errorf("%+v, %v", d, err)
	}
	d, err = readHTML([]byte(`<html><head>`+head+`</head><body>`+disclaimer+`</body></html>`), "", "")
	if err != nil || !strings.Contains(strings.Join(noteTexts(d.notes), " "), "hardly a word") {
		t.Errorf("%q, %v", d.notes, err)
	}
}

func TestDecodeUndeclared(t *testing.T) {
	for name, c := range map[string]struct{ page, want string }{
		"behind 1,024 bytes": {"<html><head><script charset=\"utf-8\">" + strings.Repeat("x", 2000) +
			"</script><meta charset=iso-8859-2></head><p>Za\xbf\xf3\xb3\xe6 g\xea\xb6l\xb1</p>", "Zażółć gęślą"},
		"Turkish by language": {"<html lang=tr><p>\xc7ok g\xfczel bir \xfelke, de\xf0il mi?</p>", "güzel bir şlke, değil"},
		"Turkish by words": {"<html><p>Bu \xe7ok iyi bir i\xfe ve g\xfczel oldu\xf0u i\xe7in al\xfdr.</p>",
			"olduğu için alır"},
		"Arabic by words": {"<html><p>\xd0\xe5\xc8 \xe3\xe4 \xc7\xe1\xc8\xed\xca \xdd\xed \xc7\xe1\xd5\xc8\xc7\xcd</p>",
			"ذهب من البيت في الصباح"},
		"French": {"<html><p>L'\xe9t\xe9 fut tr\xe8s chaud cette ann\xe9e-l\xe0, et la mer \xe9tait calme.</p>",
			"L'été fut très chaud"},
	} {
		if got, err := decodeHTML([]byte(c.page), ""); err != nil || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}
