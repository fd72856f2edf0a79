package question

import "testing"

// TestPlainly tells what states the kind of thing that is asked for from what shares words with the question only.
func TestPlainly(t *testing.T) {
	for _, tt := range []struct {
		question, text string
		want           bool
	}{
		{"how big was the collapse", "In 1987 a collapse at the same mine hurt four soldiers.", false},
		{"how big was the collapse", "The collapse took 40 meters of the dam with it.", true},
		{"how big is the garrison force", "The force has four hundred soldiers.", true},
		{"how deep was the hole", "Three men fell into the hole.", false},
		{"how deep was the hole", "The hole was two meters deep.", true},
		{"how old is the pilot", "The pilot had slept for three hours.", false},
		{"how old is the pilot", "The pilot, 43, had slept.", true},
		{"when does the museum open", "The museum is open to children.", false},
		{"when does the museum open", "The museum opens at nine.", true},
		{"when does the museum open", "The museum opens as soon as the roof is dry.", true},
		{"till when can i change it", "Orders can be changed up to two days ahead.", true},
		{"when must seats be reserved", "Seats are to be reserved a week in advance.", true},
		{"when did the mill close", "The mill closed ten years ago.", true},
		{"when will they decide", "They decide within eight weeks.", true},
		{"when will they decide", "They decide on the amount in a meeting.", false},
		{"how long does rye bread take", "name: Rye bread; time: 2 h 40 min", true},
		{"how long is the break", "The break has 20 mins of music.", true},
		{"how long is the break", "The break has two men and 3 hens.", false},
		{"how many guests came", "The guests came by train.", false},
		{"how many guests came", "No guests came.", true},
		{"how many guests came", "One of the guests came by boat, another with seven dogs.", true},
		{"how many guests came", "A guest came with seven dogs.", false},
		{"how many members are there", "A member may have five tools, of which one may be new.", false},
		{"how many members are there", "7. Members must not lend tools. 12. A member who is late pays.", false},
		{"how many members are there", "7. There are 40. 8. Each member pays in May.", true},
		{"how many members are there", "The club has five members.", true},
		{"how many members are there", "The members, of whom there are 40, pay in May.", true},
		{"how many members are there", "Up to fifteen at a time.", true},
		{"how many locks are there", "The first lock was built by twelve workers.", false},
		{"how many locks are there", "There is one much older lock.", true},
		{"where can sand with a number of dunes be found", "Sand with a number of dunes covers the terrace.", true},
		{"how many people came", "Forty guests came.", true},
		{"how long was the mill in use", "The mill was in use from 1870 to 1939.", true},
		{"how long has the tax been in force", "The tax has been in force since the 1950s.", true},
		{"how long was the mill in use", "The mill was in use when the war came.", false},
		{"what is the weight of the lamp", "The lamp takes 40 watts.", false},
		{"what is the weight of the lamp", "The lamp weighs 2 kilograms.", true},
		{"what's the voltage", "It needs 230 volts.", true},
		{"did he marry again", "He was a patient man.", false},
		{"did he marry again", "His second wife was a baker.", true},
		{"what status do member state nationals have", "They are citizens of the union.", true}, // no nationality is asked
		{"where is proportionality recognized", "It is recognized in Article 5.", true},         // nor a proportion
	} {
		if got := Parse(tt.question).Plainly(tt.text); got != tt.want {
			t.Errorf("%q by %q: %t", tt.question, tt.text, got)
		}
	}
}

// TestClauses asks by another word than the "when" or "where" that begins a clause.
func TestClauses(t *testing.T) {
	for question, want := range map[string]Kind{
		"What happens when the water boils?":               Anything,
		"Who was king when the bridge fell?":               Person,
		"How did they react where the road ends?":          Anything,
		"When the dam broke, what did the council do?":     Anything,
		"When did the man who built the bridge die?":       Time,
		"Where is the man who built the bridge buried?":    Place,
		"when and where was she born":                      Time,
		"The bridge fell when?":                            Time,
		"was kostet die Reparatur":                         Anything,
		"was the repair expensive":                         YesOrNo,
		"was ist der Preis für die Karte":                  Anything,
		"was sagt der Verein zu dem Plan":                  Anything,
		"In which year, when the dam broke, was it built?": Time,
	} {
		if got := Parse(question).Kind; got != want {
			t.Errorf("%q: kind %v, want %v", question, got, want)
		}
	}
	for question, want := range map[string]Route{
		"was kostet die reparatur": NoRoute, "was the bridge closed": YesNo, "was macht der verein im winter": NoRoute,
	} {
		if got := Read(question).Route; got != want {
			t.Errorf("%q: route %q, want %q", question, got, want)
		}
	}
}

// TestSaid asks what somebody says, however the name is typed.
func TestSaid(t *testing.T) {
	for question, want := range map[string]bool{
		"what did voss say about the dam":     true,
		"What does Ann Lee claim?":            true,
		"what has the mayor announced":        true,
		"what did the storm destroy":          false,
		"who said that the dam was safe":      false,
		"what is said to be the oldest house": true,
	} {
		if got := Parse(question).Said; got != want {
			t.Errorf("%q: %t", question, got)
		}
	}
}
