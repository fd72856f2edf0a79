package question

import "testing"

// TestReadNearMisses holds what asks of the text apart from what asks of the document or the bot, one word away.
func TestReadNearMisses(t *testing.T) {
	for text, want := range map[string]Route{
		"Who needs the consent of the author?": NoRoute,
		"Who wins the contest of the author?":  NoRoute,
		"What is in the charter?":              NoRoute,
		"what is in the contnet?":              Summary,

		"What happens if I miss one?":                NoRoute,
		"What if I miss it?":                         NoRoute,
		"What should I do if I missed the last one?": NoRoute,
		"what did i miss":                            Summary,
		"what happens in this?":                      Summary,

		"What may members quote?":     NoRoute,
		"Who may quote?":              NoRoute,
		"Which scientists must cite?": NoRoute,
		"which scientists are quoted": People,
		"who is quoted":               People,

		"What is in the summary?":               NoRoute,
		"What does the executive summary say?":  NoRoute,
		"What should be in an abstract?":        NoRoute,
		"Que contient le résumé ?":              NoRoute,
		"¿Qué hay en el resumen?":               NoRoute,
		"Was steht in der Zusammenfassung?":     NoRoute,
		"what is the summary?":                  Summary,
		"fais un résumé":                        Summary,
		"what does the article say, in summary": Summary,

		"How did the traffic compare before and after the storm?":    NoRoute,
		"How did sales differ during and after the war?":             NoRoute,
		"How did prices compare in May and June?":                    NoRoute,
		"What is the difference between before and after the storm?": NoRoute,
		"How do the red and the blue bins differ?":                   Comparison,
		"how does the ferry compare to the bridge":                   Comparison,

		"who said what":                 Quotations,
		"Wer hat was gesagt?":           Quotations,
		"qui a dit quoi":                Quotations,
		"¿Quién dijo qué?":              Quotations,
		"which journalist wrote it?":    Metadata,
		"which journalist wrote Faust?": NoRoute,
		"c'est de qui ?":                Metadata,
		"tell me about this article":    Summary,
		"tell me about this bridge":     NoRoute,
	} {
		if got := Read(text); got.Route != want {
			t.Errorf("%q: read as %q by %q, want %q", text, got.Route, got.Rule, want)
		}
	}
}

// TestThing finds the name of the document, or of the bot, that a thing in a text may have.
func TestThing(t *testing.T) {
	for text, want := range map[string]string{
		"When did the report come out?":   "report",
		"What does the report cover?":     "report",
		"What did the report say?":        "report",
		"What does this report say?":      "",
		"Give me a summary of the report": "", // what a text speaks of has none
		"When did the article come out?":  "",
		"Was steht im Text?":              "",
		"Was steht in dem Bericht?":       "Bericht",
		"What can this machine do?":       "machine",
		"How does this tool work?":        "tool",
		"What can this bot do?":           "",
		"Are you a robot?":                "",
	} {
		if got := Read(text).Thing(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestComparedSides cuts what is compared without the word that opens it.
func TestComparedSides(t *testing.T) {
	for text, want := range map[string][2]string{
		"Was ist der Unterschied zwischen Eco und Turbo?": {"Eco", "Turbo"},
		"Quelle est la différence entre Eco et Turbo ?":   {"Eco", "Turbo"},
		"¿Cuál es la diferencia entre Eco y Turbo?":       {"Eco", "Turbo"},
	} {
		if got := Read(text); [2]string{got.About, got.Other} != want {
			t.Errorf("%q: %q and %q, want %q", text, got.About, got.Other, want)
		}
	}
}
