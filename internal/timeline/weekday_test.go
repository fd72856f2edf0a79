package timeline

import (
	"slices"
	"testing"

	"pilcrow/internal/article"
)

// A bare weekday of another language is the latest up to the publication, or the next where the sentence tells of what
// is to come; where it is any such day, or a feast, it is none. Each text is of Wednesday, 3 July 2024.
func TestWeekdaysOfOtherLanguages(t *testing.T) {
	for text, want := range map[string][]string{
		"Der größte Kran im Hafen von Bruckstadt steht seit Montag still.":                    {"2024-07-01"},
		"„Wir gehen kein Risiko ein“, sagte die Chefin am Dienstag.":                          {"2024-07-02"},
		"Am Mittwoch war der Hafen leer.":                                                     {"2024-07-03"},
		"Die Fachleute sollen am Donnerstag nach Bruckstadt kommen, wie es heißt.":            {"2024-07-04"},
		"Der Rat der Stadt entscheidet am Freitag über den Kran.":                             {"2024-07-05"},
		"Dienstag kam das Schiff in den Hafen, und es war leer.":                              {"2024-07-02"},
		"Am Montagabend und am Dienstagmorgen war der Hafen leer.":                            {"2024-07-01", "2024-07-02"},
		"Am Montag und Dienstag war der Hafen der Stadt leer.":                                {"2024-07-01", "2024-07-02"},
		"Am Montag früh und Dienstag war der Hafen der Stadt leer.":                           {"2024-07-01", "2024-07-02"},
		"Am Dienstag vergangener Woche war der Hafen der Stadt leer.":                         {"2024-06-25"},
		"Ein Riss wurde am Wochenende im Hafen entdeckt.":                                     {"2024-06-29"},
		"Es regnete im Hafen der Stadt. Dienstag kam das Schiff, und es war leer.":            {"2024-07-02"},
		"Der Hafen der Stadt war am Montag statt Dienstag leer.":                              {"2024-07-01"},
		"Der Hafen der Stadt war noch bis Freitag leer.":                                      {"2024-06-28"},
		"Die Stadt hat gesagt, wann es beginnt: Am Freitag war es zu spät.":                   {"2024-06-28"},
		"Der Regen und Montag als Ruhetag sind ein Problem für den Hafen.":                    nil,
		"Montag Ruhetag, sonst ist der Hafen der Stadt für alle offen.":                       nil,
		"1912 beginnt der Bau der Brücke, und am 3. Mai kommt das erste Schiff in den Hafen.": {"1912-01-01", "1912-05-03"},
		"Jeden Montag ist der Hafen leer, an jedem Freitag ist er voll.":                      nil,
		"Der Hafen ist von Montag bis Freitag für alle offen. Montag: 9 bis 12 Uhr.":          nil,
		"Der Montag ist ein Tag, an dem der Hafen leer ist.":                                  nil,
		"La grue du port de la ville est arrêtée depuis lundi.":                               {"2024-07-01"},
		"Mardi, la directrice a parlé aux ouvriers du port.":                                  {"2024-07-02"},
		"Les experts doivent arriver jeudi dans la ville.":                                    {"2024-07-04"},
		"Le musée de la ville rouvre vendredi avec une exposition.":                           {"2024-07-05"},
		"La grue était en panne lundi soir et mardi matin.":                                   {"2024-07-01", "2024-07-02"},
		"Le bateau est venu jeudi de la semaine dernière dans le port.":                       {"2024-06-27"},
		"Le lundi, le port est fermé ; chaque mardi il est ouvert, et le marché les jeudis":   nil,
		"Le port était fermé pour le carnaval, à Mardi gras et au Vendredi saint.":            nil,
		"Le port de la ville est fermé, dit le journal Vendredi dans son édition.":            nil,
		"Le conseil de la ville a choisi lundi contre mardi.":                                 {"2024-07-01", "2024-07-02"},
		"Le port est ouvert de lundi à vendredi. Lundi : 9 h à 12 h.":                         nil,
		"La grúa del puerto está parada desde el lunes.":                                      {"2024-07-01"},
		"El martes, la directora habló con los obreros del puerto.":                           {"2024-07-02"},
		"Los expertos llegarán el jueves a la ciudad.":                                        {"2024-07-04"},
		"El museo de la ciudad abre el viernes sus puertas.":                                  {"2024-07-05"},
		"El puerto estaba cerrado el lunes y martes por la lluvia.":                           {"2024-07-01", "2024-07-02"},
		"El barco llegó el jueves de la semana pasada al puerto.":                             {"2024-06-27"},
		"La grúa se rompió el fin de semana en el puerto.":                                    {"2024-06-29"},
		"Los lunes y cada martes el puerto está cerrado, lunes a viernes también.":            nil,
		"Lunes cerrado por la lluvia en el puerto de la ciudad.":                              nil,
		"El puerto estaba cerrado el Viernes Santo y el Domingo de Ramos.":                    nil,
		"وزیر نے منگل کو کہا کہ پل بند ہے۔":                                                   {"2024-07-02"},
		"اجلاس جمعہ کے روز شروع ہو گا۔":                                                       {"2024-07-05"},
		"ہر جمعہ کو بازار بند ہے۔ پیر صاحب نے کہا۔":                                           nil,
		"وزیر روز دوشنبه گفت که پل بسته است.":                                                 {"2024-07-01"},
		"این دیدار سه شنبه برگزار شد.":                                                        {"2024-07-02"},
		"بازار از دو شنبه تا سه شنبه بسته است.":                                               nil,
		"هر دوشنبه بازار بسته است.":                                                           nil,
		"وزیر د دوشنبې په ورځ وویل چې پل تړلی دی.":                                            {"2024-07-01"},
	} {
		d := article.Document{Slug: "d", Published: civil(2024, 7, 3),
			Passages: []article.Passage{{Ref: article.Ref{Slug: "d", N: 1}, Text: text}}}
		var got []string
		for _, e := range Events(nil, d) {
			got = append(got, e.Start.Format("2006-01-02"))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}

// A short paragraph is in the language of its document, whatever its few words are in.
func TestShortParagraphs(t *testing.T) {
	d := article.Document{Slug: "d", Published: civil(2024, 7, 3), Passages: []article.Passage{
		{Ref: article.Ref{Slug: "d", N: 1}, Text: "La grue du port de la ville est rouge, et elle est grande pour lui."},
		{Ref: article.Ref{Slug: "d", N: 2}, Text: "Il y a trois semaines, la grue avait craqué."},
	}}
	events := Events(nil, d)
	if len(events) != 1 || events[0].Start != civil(2024, 6, 12) {
		t.Errorf("%v, want 2024-06-12", events)
	}
}

// A long one in another language is read in its own.
func TestLongParagraphOfAnotherLanguage(t *testing.T) {
	d := article.Document{Slug: "d", Published: civil(2024, 7, 3), Passages: []article.Passage{
		{Ref: article.Ref{Slug: "d", N: 1}, Text: "La grue du port de la ville est rouge, et elle est grande pour lui."},
		{Ref: article.Ref{Slug: "d", N: 2}, Text: "El martes, la directora habló con los obreros del puerto, y " +
			"dijo que la grúa de la ciudad estaba rota."},
	}}
	if events := Events(nil, d); len(events) != 1 || events[0].Start != civil(2024, 7, 2) {
		t.Errorf("%v, want 2024-07-02", events)
	}
}
