package eval

import "testing"

func TestCasualGrade(t *testing.T) {
	asked := casualRecord{Words: [][]string{{"nine", "9"}, {"days"}}, MustNot: []string{"weeks"}}
	for _, tt := range []struct {
		name   string
		record casualRecord
		reply  Reply
		want   grade
	}{
		{"all of it", asked, Reply{Text: "It lasted 9 days.", Sentences: 1}, good},
		{"half of it", asked, Reply{Text: "It was nine.", Sentences: 1}, bad},
		{"with what it must not say", asked, Reply{Text: "Nine days, or weeks.", Sentences: 1}, bad},
		{"with much else", asked, Reply{Text: "Nine days. It rained. It snowed.", Sentences: 3}, fair},
		{"as many as may be", casualRecord{Words: asked.Words, Most: 3}, Reply{Text: "Nine days. A. B.", Sentences: 3}, good},
		{"refused", asked, Reply{Text: "nine days", Refused: true}, bad},
		{"shown as what comes nearest", asked,
			Reply{Text: "It does not say so plainly: nine days", Refused: true, Unsure: true}, fair},
		{"something else shown as nearest", asked, Reply{Text: "“It rained.”", Refused: true, Unsure: true}, bad},
		{"absent and refused", casualRecord{Absent: true}, Reply{Text: "The document does not say.", Refused: true}, good},
		{"absent and unsure", casualRecord{Absent: true}, Reply{Text: "Perhaps.", Unsure: true}, fair},
		{"absent and answered", casualRecord{Absent: true}, Reply{Text: "Certainly.", Sentences: 1}, bad},
	} {
		if got := tt.record.grade(tt.reply); got != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, got, tt.want)
		}
	}
}
