package byline

import (
	"testing"
	"time"
)

func TestRead(t *testing.T) {
	for _, test := range []struct {
		line, names, day string
	}{
		{"By Runa Melk", "Runa Melk", ""},
		{"By Runa Melk, published 14 March 2024", "Runa Melk", "2024-03-14"},
		{"by Runa Melk and Ib Sand | March 14, 2024", "Runa Melk and Ib Sand", "2024-03-14"},
		{"Written by Aster Holm, staff writer", "Aster Holm", ""},
		{"Author: A. J. van Dijk", "A. J. van Dijk", ""},
		{"Authors: Ann Berg, Tor Vik and Nils Falk", "Ann Berg, Tor Vik and Nils Falk", ""},
		{"By Ann Berg in Oslo, Tuesday 5 May 2020 at 10:30", "Ann Berg", "2020-05-05"},
		{"By Ann Berg, Harbor Times", "Ann Berg", ""},
		{"By Ann Berg, Education Correspondent", "Ann Berg", ""},
		{"Author: Ann Berg Date: 2024-03-14", "Ann Berg", "2024-03-14"},
		{"Par Jean Dupont, le 14 mars 2024", "Jean Dupont", "2024-03-14"},
		{"Autor: Juan Pérez", "Juan Pérez", ""},
		{"Autorin: Anna Müller, Stand: 14. März 2024", "Anna Müller", "2024-03-14"},
		{"Auteur : Jean Dupont", "Jean Dupont", ""},
		{"نویسنده: احمد خان", "احمد خان", ""},
		{"Updated 15 March 2024, published 14 March 2024", "", "2024-03-14"},
		{"Von Greta Lund, 3. Mai 2019", "Greta Lund", "2019-05-03"},
		{"Par Jean Morel, publié le 3 mai 2019", "Jean Morel", "2019-05-03"},
		{"Posted by Ann Berg on 2 June 2021", "Ann Berg", "2021-06-02"},
		{"By Ann Berg, updated 5 May 2020", "Ann Berg", "2020-05-05"},
		{"Published: 14 March 2024", "", "2024-03-14"},
		{"Date: 14 March 2024", "", "2024-03-14"},
		{"Published by the Harbor Office on 3 May 1999", "", "1999-05-03"},
		{"To: All staff From: Director Iris Quill Date: 11 October 2022", "", "2022-10-11"},
		{"From: Iris Quill To: All staff Sent: 11 October 2022 Subject: the roof", "", "2022-10-11"},
		{"Publié le 9 mai 2023", "", "2023-05-09"},
		{"Ein Bericht von Heike Zoller", "Heike Zoller", ""},
		{"Eine Reportage von Heike Zoller, 3. Mai 2019", "Heike Zoller", "2019-05-03"},
		{"Un reportage de Jean Morel, le 3 mai 2019", "Jean Morel", "2019-05-03"},
		{"Un artículo de Juan Pérez", "Juan Pérez", ""},
		{"نوشتہ: سلمیٰ رحمان", "سلمیٰ رحمان", ""},
		{"نوشته: احمد خان", "احمد خان", ""},
		{"Ann Berg | 14 March 2024", "Ann Berg", "2024-03-14"},
		{"14 March 2024 · Ann Berg and Peter Vik", "Ann Berg and Peter Vik", "2024-03-14"},
		{"By Anna, 14 March 2024", "Anna", "2024-03-14"},
	} {
		names, day, ok := Read(test.line)
		if got := formatDay(day); !ok || names != test.names || got != test.day {
			t.Errorf("%q: %q, %q, %v; want %q, %q", test.line, names, got, ok, test.names, test.day)
		}
	}
}

// What only looks like such a line is none.
func TestReadNothing(t *testing.T) {
	for _, line := range []string{
		"", "By Monday", "By 14 March 2024", "By Monday the pump will be mended.", "By Lake Erie stands a pump.",
		"By hand, by foot and by boat", "By Runa Melk's count forty households use the pump.",
		"By Ann Berg, who wrote the first guide to the lake in 1990, and her friends there",
		"By Popular Demand", "By Invitation Only", "By Monday Morning", "By Law and Custom", "By Country and Year",
		"By Region and Quarter", "By Age Group", "By Lake Geneva", "Par Région et Année", "Photo by Tom Li, 14 March 2024",
		"Issued to Ann Berg, 14 March 2024", "Thursday 14 March 2024", "14 March 2024",
		"Ann Berg", "Author", "By Anna", "By April, 14 March 2024", "By Lund, 14 March 2024", "Por Correo Postal",
		"Par Voie Postale",
		"Ann Berg, 14 March 2024", "Lund Castle | 14 March 2024", "Ann Berg: a life | 14 March 2024", "Anna | 14 March 2024",
		"To: All staff From: Iris Quill Date: Tuesday", "To: Lund on 11 October 2022", "To: Lund Date: 11 October 2022",
		"Ein Bericht von der Insel", "Un reportage de la côte", "Ann Berg | Tuesday",
		"The meeting was on 14 March 2024.", "Updated 14 March 2024",
		"By Order Of The Parish, every dog must be kept on a lead from 14 March 2024 on.",
	} {
		if names, day, ok := Read(line); ok {
			t.Errorf("%q: %q, %v", line, names, day)
		}
	}
}

func formatDay(day time.Time) string {
	if day.IsZero() {
		return ""
	}
	return day.Format(time.DateOnly)
}
