package question

import (
	"slices"
	"testing"
)

func TestParse(t *testing.T) {
	tests := []struct {
		in      string
		kind    Kind
		stems   []string
		of      string
		names   []string
		speaker []string
		several bool
	}{
		{"How many sheep did Farmer Odd lose in 1931?", Number, []string{"sheep", "farmer", "odd", "lose", "1931"}, "sheep",
			[]string{"farmer", "odd", "1931"}, nil, false},
		{"when was the mill built", Time, []string{"mill", "build"}, "", nil, nil, false},
		{"whos the mayor of Vell", Person, []string{"mayor", "vell"}, "", []string{"vell"}, nil, false},
		{"Where did the ferry sink?", Place, []string{"ferri", "sink"}, "", nil, nil, false},
		{"why r the farmers angry", Reason, []string{"farmer", "angri"}, "", nil, nil, false},
		{"What did Ines Holt say about the crane?", Anything, []string{"ine", "holt", "crane"}, "", []string{"ine", "holt"},
			[]string{"ine", "holt"}, false},
		{"What exactly did the mayor say?", Quotation, []string{"mayor"}, "", nil, nil, false},
		{"Which treaty ended the war?", Anything, []string{"treati", "end", "war"}, "treati", nil, nil, false},
		{"What happened?", Anything, []string{"happen"}, "", nil, nil, false},
		{"How did the mayor and the port each respond?", Anything, []string{"mayor", "port", "respond"}, "", nil, nil, true},
		{"Did the crane fall?", YesOrNo, []string{"crane", "fall"}, "", nil, nil, false},
		{"did prices go up vs the year before", YesOrNo, []string{"price", "increas", "previous", "year"}, "", nil, nil,
			false},
		{"", Anything, nil, "", nil, nil, false},
	}
	for _, tt := range tests {
		q := Parse(tt.in)
		if q.Kind != tt.kind || !slices.Equal(q.Stems, tt.stems) || q.Of != tt.of || !slices.Equal(q.Names, tt.names) ||
			!slices.Equal(q.Speaker, tt.speaker) || q.Several != tt.several {
			t.Errorf("Parse(%q) = %+v", tt.in, q)
		}
	}
}

func TestHolds(t *testing.T) {
	tests := []struct {
		question, text string
		want           bool
	}{
		{"How many sheep were lost?", "The storm took 36 sheep.", true},
		{"How many sheep were lost?", "In the end, after a long winter of 36 weeks without any sun or news, the sheep " +
			"were lost.", false},
		{"How many sheep were lost in 1931?", "In 1931 the sheep were lost.", false},
		{"When did the mill burn?", "The mill burned in May 1931.", true},
		{"When did the mill burn in 1931?", "The mill burned in 1931.", false},
		{"Who owned the mill?", "The mill belonged to Henrik Dahl.", true},
		{"Who owned the Vell mill?", "It is known as the Vell mill.", false},
		{"Why did it burn?", "It burned because a lamp fell.", true},
		{"What burned?", "The mill burned.", false},
	}
	for _, tt := range tests {
		if got := Parse(tt.question).Holds(tt.text); got != tt.want {
			t.Errorf("%q holds an answer to %q: %v, want %v", tt.text, tt.question, got, tt.want)
		}
	}
}

func TestStatement(t *testing.T) {
	for in, want := range map[string]string{
		"When did the ferry sink?":          "The ferry sink.",
		"why was the mill closed":           "The mill closed.",
		"In which year was the mill built?": "Year was the mill built.",
		"so who owns it?":                   "Owns it.",
		"Was anybody hurt?":                 "Anybody hurt.",
		"why?":                              "Why.",
		"?":                                 "",
	} {
		if got := Statement(in); got != want {
			t.Errorf("Statement(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"How many?", "what did X say", "né ¶4 \xff", "went up vs the year before"} {
		f.Add(s, "a sentence with 3 things")
	}
	f.Fuzz(func(t *testing.T, s, text string) {
		q := Parse(s)
		q.Holds(text)
		TraitsOf(text)
		Statement(s)
		if len(q.Names) > len(q.Stems) {
			t.Errorf("more names than stems in %q: %+v", s, q)
		}
	})
}

func TestUnstated(t *testing.T) {
	tests := []struct {
		question, text string
		want           bool
	}{
		{"How much did the bridge cost?", "The bridge was opened in 1931.", true},
		{"How much did the bridge cost?", "It was built for 4 million crowns.", false},
		{"when was Odd Dahl born", "Odd Dahl was the keeper of the light.", true},
		{"when was Odd Dahl born", "Odd Dahl (3 May 1848 – 1902) was the keeper.", false},
		{"what is the population of Skarvik", "Skarvik is a port in the north.", true},
		{"what is the population of Skarvik", "Skarvik has 900 inhabitants.", false},
		{"Who was Dahl's wife?", "Dahl married Anna Moe.", false},
		{"Who was Dahl's wife?", "Dahl kept the light.", true},
		{"Who kept the light?", "Dahl kept the light.", false},
	}
	for _, tt := range tests {
		if got := Parse(tt.question).Unstated(tt.text); got != tt.want {
			t.Errorf("%q leaves %q unstated: %v, want %v", tt.text, tt.question, got, tt.want)
		}
	}
}
