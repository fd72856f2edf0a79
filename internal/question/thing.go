package question

import (
	"regexp"
	"slices"
)

// writings are documents as a text speaks of them: "this report" is the one that was read, "the report" may be one that
// it tells of. The bot's own word is "article", "document", "text".
var writings = regexp.MustCompile(`(?:^| )(?:the|der|den|dem|des|das|die|le|du|au|el|del|al|la) ` +
	`(reports?|letters?|papers?|manual|books?|essays?|chapters?|faq|story|news|bericht|berichts|schreiben|meldung|` +
	`nachricht|rapport|informe|nota|noticia|reportaje|relato)(?: |$)`)

// machines are what people call the bot, and what a text may be about.
var machines = regexp.MustCompile(`(?:^| )(?:the|this|that|a|der|die|das|diese|dieser|dieses|le|la|l|cette|cet|ce|el|` +
	`este|esta) (machine|tool|software|program|app|robot|humans?|assistant|maschine|roboter|program(?:m|me)|computer|` +
	`logiciel|outil|application|herramienta|programa|maquina|aplicacion|asistente)(?: |$)`)

// addressed speaks to the bot: "are you a robot" asks nothing of the documents.
var addressed = regexp.MustCompile(`(?:^| )(?:you|your|u|du|dich|dir|sie|tu|te|toi|vous|usted|eres)(?: |$)`)

// Thing is what a question that was read so calls the document, or the bot, where a thing has that name of which
// documents may speak: "report", "machine". It is "" where they are called otherwise, and where somebody wishes for
// what only the bot can do, as a summary of the report.
func (r Reading) Thing(text string) string {
	called := writings
	f := foldText(text)
	switch {
	case r.Route == Help:
		if called = machines; addressed.MatchString(f.text) {
			return ""
		}
	case r.Route == Summary && !slices.ContainsFunc(acts, func(a act) bool { return a.named && a.name == r.Rule }),
		r.Route != Summary && r.Route != Metadata:
		return ""
	}
	m := called.FindStringSubmatchIndex(f.text)
	if m == nil {
		return ""
	}
	return f.typed(text, m[2], m[3])
}
