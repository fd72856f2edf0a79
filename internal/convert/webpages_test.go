package convert

import (
	"fmt"
	"html"
	"math/rand/v2"
	"strings"
	"time"
)

// A webPage is a page as sites write them, and what of it a reader would call its text. All of it is made up by a seed.
type webPage struct {
	layout, html, title, author string
	day                         time.Time // zero: the page has none
	text                        []string  // in its order, without the title
}

// A writer makes up what stands on a page.
type writer struct {
	*rand.Rand
	page webPage
	site string
	used map[string]bool // sentences
}

func (w *writer) of(all ...string) string { return all[w.IntN(len(all))] }

var (
	webFirst = []string{"Ann", "Bo", "Cara", "Dag", "Eli", "Finn", "Greta", "Hans", "Ida", "Jon", "Kari", "Liv"}
	webLast  = []string{"Berg", "Moe", "Lunt", "Vik", "Holm", "Strand", "Eide", "Dahl", "Ness", "Rud"}
	webWho   = []string{"The council", "The harbor master", "A group of neighbors", "The school board", "The old mill"}
	webDoes  = []string{"has decided to keep", "will replace", "wants to sell", "is looking for", "has measured"}
	webWhat  = []string{"the wooden pier", "the northern road", "the fishing nets", "the town archive", "the ferry"}
	webWhen  = []string{"before the winter", "by the end of May", "after nine years", "as it did in 1987", "this time"}
	webWhy   = []string{"because the ice came early", "although nobody had asked for it", "so that boats can pass",
		"while the county pays half"}
	webThings = []string{"Storm", "Bridge", "Market", "Garden", "Library", "Harbor", "Choir", "Bakery", "Tunnel",
		"Orchard"}
	webVerbs = []string{"opens again", "moves to the island", "grows by a third", "loses its roof", "turns a hundred"}
)

// sentence is one that the page does not have yet.
func (w *writer) sentence() string {
	for {
		s := fmt.Sprintf("%s %s %s %s, %s.", w.of(webWho...), w.of(webDoes...), w.of(webWhat...), w.of(webWhen...),
			w.of(webWhy...))
		if w.IntN(4) == 0 {
			s = fmt.Sprintf("Of the %d people of %s, %d came on %s to see it.", 100+w.IntN(9000), w.of(webLast...),
				20+w.IntN(900), w.of("Monday", "Friday", "Sunday"))
		}
		if !w.used[s] {
			w.used[s] = true
			return s
		}
	}
}

func (w *writer) paragraph(least int) string {
	var b []string
	for range least + w.IntN(3) {
		b = append(b, w.sentence())
	}
	return strings.Join(b, " ")
}

// put writes a piece of the text with tags around it.
func (w *writer) put(open, text, end string) string {
	w.page.text = append(w.page.text, text)
	return open + html.EscapeString(text) + end + "\n"
}

func (w *writer) paragraphs(n int, open, end string) string {
	var b strings.Builder
	for range n {
		b.WriteString(w.put(open, w.paragraph(2), end))
	}
	return b.String()
}

func (w *writer) items(n int, open, end string) string {
	var b strings.Builder
	for range n {
		b.WriteString(w.put(open, w.sentence(), end))
	}
	return b.String()
}

func (w *writer) name() string { return w.of(webFirst...) + " " + w.of(webLast...) }

// noise is text that is not the page's: menus, banners, other stories.
func (w *writer) menu(n int) string {
	var b strings.Builder
	for range n {
		fmt.Fprintf(&b, `<li><a href="/%d">%s</a></li>`, w.IntN(999), w.of(webThings...))
	}
	return b.String()
}

func (w *writer) teasers(n int) string {
	var b strings.Builder
	for range n {
		fmt.Fprintf(&b, `<div class="card"><a href="/%d"><h3>%s %s</h3></a><p>%s</p></div>`, w.IntN(999), w.of(webThings...),
			w.of(webVerbs...), w.of(webWho...)+" "+w.of(webDoes...)+" "+w.of(webWhat...)+".")
	}
	return b.String()
}

func (w *writer) comments(n int) string {
	var b strings.Builder
	for range n {
		fmt.Fprintf(&b,
			`<div class="comment"><b>%s</b> <time>%d hours ago</time><p>I do not think that %s %s. Who pays for it?</p>`+
				`<a href="#">Reply</a></div>`, w.name(), 1+w.IntN(20), strings.ToLower(w.of(webWho...)),
			w.of(webDoes...)+" "+w.of(webWhat...))
	}
	return b.String()
}

const (
	webCookies = `<div id="consent" class="cookie-consent"><p>We value your privacy. We and our 312 partners store and ` +
		`access ` +
		`information on your device.</p><button>Accept all</button><button>Reject</button></div>`
	webLetter = `<div class="newsletter-signup"><h4>Never miss a story</h4><p>Get our best stories every Friday, free, ` +
		`in your ` +
		`inbox.</p><input type="email"><button>Sign up</button></div>`
	webShare = `<div class="share-tools"><a href="#">Facebook</a><a href="#">X</a><a href="#">Mail</a><span>Share ` +
		`this</span></div>`
	webFooter = `<footer class="site-footer"><p>© 2024 All rights reserved. Terms of use. Privacy policy. Do not sell ` +
		`my data.</p></footer>`
)

// layouts are the ways of writing a page, in order.
var layouts = []struct {
	name string
	body func(w *writer) string // of the page, with head
}{
	{"news", newsPage}, {"blog", blogPage}, {"docs", docsPage}, {"shop", shopPage}, {"forum", forumPage},
	{"recipe", recipePage}, {"wiki", wikiPage}, {"release", releasePage}, {"event", eventPage}, {"soup", soupPage},
	{"magazine", magazinePage}, {"questions", questionsPage},
}

// webPages are n pages of each layout, made of a seed.
func webPages(seed uint64, n int) []webPage {
	var all []webPage
	for i, l := range layouts {
		for k := range n {
			w := &writer{Rand: rand.New(rand.NewPCG(seed, uint64(100*i+k))), used: map[string]bool{}}
			w.site = w.of("The Skarvik Post", "Oster Weekly", "Holm & Sons", "Harbor Handbook", "Vik Online")
			w.page.layout, w.page.author = l.name, w.name()
			w.page.title = w.of(webThings...) + " of " + w.of(webLast...) + " " + w.of(webVerbs...)
			w.page.day = time.Date(2012+w.IntN(12), time.Month(1+w.IntN(12)), 1+w.IntN(28), 0, 0, 0, 0, time.UTC)
			w.page.html = "<!doctype html><html lang=\"en\">" + l.body(w) + "</html>"
			all = append(all, w.page)
		}
	}
	return all
}

func (w *writer) iso() string { return w.page.day.Format(time.DateOnly) }

func (w *writer) long() string {
	return w.page.day.Format(w.of("2 January 2006", "January 2, 2006", "Monday, 2 January 2006"))
}

// head is the head of a page with as much metadata as sites of its sort give.
func (w *writer) head(rich bool) string {
	title := html.EscapeString(w.page.title + w.of(" | ", " – ", " - ", " :: ") + w.site)
	if !rich {
		return "<head><meta charset=utf-8><title>" + title + "</title></head>"
	}
	ld := fmt.Sprintf(`<script type="application/ld+json">`+
		`{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":%q,`+
		`"datePublished":"2001-01-01"},{"@type":"NewsArticle","headline":%q,"datePublished":"%sT08:00:00+01:00",`+
		`"author":[{"@type":"Person","name":%q}]}]}</script>`, w.site, w.page.title, w.iso(), w.page.author)
	return fmt.Sprintf(`<head><meta charset=utf-8><title>%s</title><meta property="og:title" content="%s"><meta `+
		`property="og:site_name" `+
		`content="%s">%s</head>`, title, html.EscapeString(w.page.title), html.EscapeString(w.site), w.of(ld, ""+
		`<meta property="article:published_time" content="`+w.iso()+`"><meta name="author" content="`+w.page.author+`">`))
}

func newsPage(w *writer) string {
	return w.head(true) + `<body>` + webCookies + `<header><nav><ul>` + w.menu(9) +
		`</ul></nav></header><main><article><header><h1>` +
		w.page.title + `</h1>` + w.put(`<p class="standfirst">`, w.sentence(), `</p>`) +
		`<div class="byline">By <a href="/a">` +
		w.page.author + `</a></div><time datetime="` + w.iso() + `">` + w.long() + `</time></header>` + webShare +
		w.paragraphs(3, "<p>", "</p>") + `<aside class="related-inline"><h3>Read more</h3><ul>` + w.menu(3) +
		`</ul></aside>` +
		w.put("<h2>", "What comes next", "</h2>") + w.paragraphs(3, "<p>", "</p>") + webLetter +
		`</article><section class="comments">` +
		w.comments(4) + `</section><section class="more-stories"><h2>More stories</h2>` + w.teasers(5) +
		`</section></main>` + webFooter + `</body>`
}

func blogPage(w *writer) string {
	return w.head(false) + `<body class="single"><div id="page"><div id="masthead"><a href="/">` +
		html.EscapeString(w.site) + `</a><ul class="menu">` +
		w.menu(5) + `</ul></div><div id="content"><div class="post hentry"><h1 class="entry-title">` + w.page.title +
		`</h1><div class="entry-meta">Posted on <span class="date">` + w.long() + `</span> by <span class="author vcard">` +
		w.page.author +
		`</span></div><div class="entry-content">` + w.paragraphs(2, "<p>", "</p>") + "<ul>" + w.items(3, "<li>", "</li>") +
		"</ul>" +
		w.put("<blockquote><p>", w.sentence(), "</p></blockquote>") + w.paragraphs(2, "<p>", "</p>") +
		`</div><div class="entry-footer">Filed under <a href="/c">Boats</a>. Tagged <a href="/t">pier</a>, <a href="/t">` +
		`ice</a>.</div></div>` +
		`<div id="comments"><h3>3 thoughts on this</h3>` + w.comments(3) +
		`</div></div><div id="sidebar" class="widget-area"><div class="widget">` +
		`<h3>Recent posts</h3><ul>` + w.menu(5) +
		`</ul></div><div class="widget"><h3>About me</h3><p>I write about boats and weather.</p></div>` +
		`</div>` + webFooter + `</div></body>`
}

func docsPage(w *writer) string {
	w.page.author, w.page.day = "", time.Time{}
	return w.head(false) + `<body><nav class="navbar"><ul>` + w.menu(4) +
		`</ul></nav><div class="container"><aside class="sidebar"><ul>` +
		w.menu(20) +
		`</ul></aside><main class="docMain"><div class="theme-doc-markdown markdown"><nav class="breadcrumbs"><a href="/">` +
		`Home</a>` +
		`<span>Guides</span></nav><h1>` + w.page.title + `</h1>` + w.paragraphs(2, "<p>", "</p>") +
		w.put("<h2 id=\"install\">", "Install it", "</h2>") +
		w.paragraphs(1, "<p>", "</p>") + w.put("<pre><code>", "kestrel init --port 8080", "</code></pre>") +
		"<ol>" + w.items(3, "<li>", "</li>") + "</ol>" + w.put(`<div class="admonition note"><p>`, w.sentence(),
		"</p></div>") +
		w.put("<h2 id=\"use\">", "Use it", "</h2>") + w.paragraphs(2, "<p>", "</p>") +
		`</div><div class="pagination-nav"><a href="/p">Previous: Start</a>` +
		`<a href="/n">Next: Options</a></div><a href="/edit">Edit this page</a></main><div class="table-of-contents"><ul>` +
		`<li><a href="#install">` +
		`Install it</a></li><li><a href="#use">Use it</a></li></ul></div></div>` + webFooter + `</body>`
}

func shopPage(w *writer) string {
	w.page.author, w.page.day = "", time.Time{}
	return w.head(false) + `<body>` + webCookies + `<header><ul>` + w.menu(8) +
		`</ul><a href="/cart">Cart (0)</a></header><div class="product">` +
		`<div class="breadcrumb"><a href="/">Home</a> / <a href="/b">Boats</a></div><div class="gallery"><img alt="A ` +
		`boat" src="x.jpg"></div>` +
		`<div class="summary"><h1 class="product_title">` + w.page.title +
		`</h1><button>Add to cart</button></div><div class="tabs"><div ` +
		`class="description"><h2>` + "Description</h2>" + w.paragraphs(4, "<p>", "</p>") + "<ul>" + w.items(4, "<li>",
		"</li>") + `</ul></div></div></div>` +
		`<section class="upsells"><h2>You may also like</h2>` + w.teasers(4) + `</section>` + webLetter + webFooter +
		`</body>`
}

func forumPage(w *writer) string {
	var b strings.Builder
	b.WriteString(w.head(false) + `<body><div class="top"><ul>` + w.menu(5) + `</ul></div><h1 class="thread-title">` +
		w.page.title +
		`</h1><div class="thread">`)
	for i := range 4 {
		who := w.page.author
		if i > 0 {
			who = w.name()
		}
		fmt.Fprintf(&b,
			`<div class="message"><div class="message-user"><span class="username">%s</span><span>Member</span><span>%d `+
				`posts</span></div>`+
				`<div class="message-head"><time datetime="%s">%s</time> #%d</div><div class="message-body">`, who, w.IntN(999),
			w.iso(), w.long(), i+1)
		b.WriteString(w.paragraphs(2, "<p>", "</p>") +
			`</div><div class="message-foot"><a href="#">Like</a> <a href="#">Quote</a></div></div>`)
	}
	b.WriteString(`</div><div class="similar"><h3>Similar threads</h3><ul>` + w.menu(6) + `</ul></div>` + webFooter +
		`</body>`)
	return b.String()
}

func recipePage(w *writer) string {
	return w.head(true) + `<body><nav><ul>` + w.menu(6) + `</ul></nav><article class="recipe"><h1>` + w.page.title +
		`</h1><p class="byline">Recipe by ` +
		w.page.author + `</p><a class="jump" href="#recipe">Jump to recipe</a>` + w.paragraphs(2, "<p>", "</p>") +
		`<div id="recipe" class="recipe-card">` + w.put("<h2>", "Ingredients", "</h2>") + "<ul>" + w.put("<li>",
		"200 g flour", "</li>") +
		w.put("<li>", "3 eggs of the neighbor's hens", "</li>") + w.put("<li>", "1/2 cup of milk", "</li>") + "</ul>" +
		w.put("<h2>", "Method", "</h2>") + "<ol>" + w.items(5, "<li>", "</li>") + "</ol></div>" + webShare +
		`<div class="ratings">Rate this recipe: ` +
		`5 stars (18 votes)</div></article><section class="comments">` + w.comments(3) +
		`</section><section class="related-recipes">` +
		w.teasers(3) + `</section>` + webFooter + `</body>`
}

func wikiPage(w *writer) string {
	w.page.author, w.page.day = "", time.Time{}
	return w.head(false) + `<body><div id="mw-page"><div id="mw-head"><ul>` + w.menu(4) +
		`</ul></div><div id="content" class="mw-body"><h1 id="firstHeading">` +
		w.page.title +
		`</h1><div id="bodyContent"><div id="siteSub">From Wikiskarv, the free handbook</div><div class="mw-parser-output">` +
		w.paragraphs(2, "<p>", "</p>") +
		`<div id="toc" class="toc"><h2>Contents</h2><ul><li><a href="#H">1 History</a></li></ul></div>` +
		`<h2><span id="H">` + w.put("", "History of it", "") +
		`</span><span class="mw-editsection">[<a href="/e">edit</a>]</span></h2>` +
		w.paragraphs(3, "<p>", "</p>") + `<table class="wikitable"><tr><th>Year</th><th>Boats</th></tr><tr><td>` + w.put("",
		"1987", "") + `</td><td>` +
		w.put("", fmt.Sprint(100+w.IntN(800)), "") + `</td></tr></table>` + w.paragraphs(2, "<p>", "</p>") +
		`</div></div><div id="catlinks">` +
		`Categories: <a href="/c">Harbors</a></div></div><div id="mw-panel"><ul>` + w.menu(12) + `</ul></div></div>` +
		webFooter + `</body>`
}

func releasePage(w *writer) string {
	w.page.author = ""
	return w.head(false) + `<body><div class="header"><a href="/">` + html.EscapeString(w.site) +
		`</a></div><div class="main"><div class="col-8"><h2 class="headline">` +
		w.page.title + `</h2><p class="published">Published: ` + w.long() + `</p>` + w.paragraphs(5, "<p>", "</p>") +
		w.put("<p><strong>", "Press contact: the harbor office, telephone 12 34 56", "</strong></p>") +
		`</div><div class="col-4"><h3>Latest news</h3>` +
		w.teasers(4) + `</div></div>` + webFooter + `</body>`
}

func eventPage(w *writer) string {
	w.page.author, w.page.day = "", time.Time{}
	return w.head(false) + `<body>` + webCookies + `<nav><ul>` + w.menu(7) + `</ul></nav><section class="event"><h1>` +
		w.page.title + `</h1><dl>` +
		w.put("<dt>", "Place", "</dt>") + w.put("<dd>", "The old school on the hill", "</dd>") + w.put("<dt>", "Entry",
		"</dt>") +
		w.put("<dd>", "Free for children", "</dd>") + "</dl>" + w.paragraphs(3, `<div class="text"><p>`, "</p></div>") +
		webShare +
		`</section><section class="other-events"><h2>Other events</h2>` + w.teasers(6) + `</section>` + webFooter + `</body>`
}

// soupPage has no element that says what is what.
func soupPage(w *writer) string {
	return w.head(false) +
		`<body><div><div><a href="/1">Home</a> | <a href="/2">Archive</a> | <a href="/3">Contact</a></div><table ` +
		`width="100%"><tr><td ` +
		`width="20%"><a href="/a">Boats</a><br><a href="/b">Nets</a><br><a href="/c">Weather</a></td><td><div><b><font ` +
		`size="5">` + w.page.title +
		`</font></b></div><div>by ` + w.page.author + `, ` + w.long() + `</div>` + w.paragraphs(5, "<div>", "</div><br>") +
		`</td><td width="20%"><div>Advertisement</div><div><a href="/ad">Cheap nets here</a></div></td></tr></table><div>` +
		`Copyright 2009</div></div></body>`
}

func magazinePage(w *writer) string {
	return w.head(true) + `<body>` + webCookies +
		`<div class="site"><div class="promo-bar">Subscribe for one crown a week</div><nav>` + w.menu(10) +
		`</nav><div class="story"><div class="kicker">Long read</div><h1 class="story__title">` + w.page.title +
		`</h1><p class="story__author">Words by ` +
		w.page.author + `</p><div class="story__body"><div class="paragraph">` + w.paragraphs(3, "<p>", "</p>") +
		`</div><figure><img src="p.jpg">` +
		w.put("<figcaption>", "The pier in the morning, seen from the mill", "</figcaption>") +
		`</figure><div class="ad-slot">Advertisement</div>` +
		`<div class="paragraph">` + w.paragraphs(3, "<p>", "</p>") +
		`</div><div class="paywall-hint"><p>Already a subscriber? Log in.</p></div>` +
		w.put("<h3>", "The last winter", "</h3>") + `<div class="paragraph">` + w.paragraphs(2, "<p>", "</p>") +
		`</div></div></div><div class="most-read"><ol>` +
		w.menu(5) + `</ol></div></div>` + webFooter + `</body>`
}

func questionsPage(w *writer) string {
	w.page.author, w.page.day = "", time.Time{}
	var b strings.Builder
	b.WriteString(w.head(false) + `<body><header><ul>` + w.menu(5) + `</ul></header><main><h1>` + w.page.title + `</h1>`)
	for range 6 {
		b.WriteString(`<details><summary>` + w.put("",
			"Why is it that "+strings.ToLower(w.of(webWho...))+" "+w.of(webDoes...)+" "+w.of(webWhat...)+"?", "") +
			`</summary>` + w.paragraphs(1, "<div><p>", "</p></div>") + `</details>`)
	}
	return b.String() + `<div class="feedback">Was this helpful? <button>Yes</button><button>No</button></div></main>` +
		webFooter + `</body>`
}
