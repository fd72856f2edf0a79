package quote

import (
	"fmt"
	"strings"
	"testing"
)

func TestReported(t *testing.T) {
	d := document(`Maria Lopez, a lawyer, said the mine would stay closed. It rained.
She added that nobody had been paid. "Not a cent," she said.
According to Paul Weber, the owner had fled.
The weather was fine, analysts said.
The owner was told to come back. "We know nothing," said a clerk on Monday.`)
	want := []string{
		"1 Maria Lopez (Maria Lopez): Maria Lopez, a lawyer, said the mine would stay closed.",
		"2 Maria Lopez (She): She added that nobody had been paid.",
		"3 Paul Weber (Paul Weber): According to Paul Weber, the owner had fled.",
		"4 analysts (analysts): The weather was fine, analysts said.",
	}
	var got []string
	for _, s := range Reported(nil, d) {
		got = append(got, fmt.Sprintf("%d %s (%s): %s", s.Ref.N, s.Speaker, s.Mention, s.Span.Of(d.Passages[s.Ref.N-1].Text)))
	}
	if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
		t.Errorf("found\n%s\nwant\n%s", g, w)
	}
}

func TestPeople(t *testing.T) {
	d := document(`Lopez won the first case. Norway's Defense Ministry lost it.
Maria Lopez, a lawyer for the miners, met General Ivan Petrov.
The ministry did not reply. Lopez told the Pan-Arctic Mining Council (PAMC) that PAMC was wrong.`)
	want := []string{
		"Maria Lopez [Lopez] lawyer for the miners person 1,2,3",
		"Norway's Defense Ministry []  institution 1,3",
		"Ivan Petrov [] General person 2",
		"Pan-Arctic Mining Council [PAMC]  institution 3",
	}
	var got []string
	for _, p := range People(nil, d) {
		kind := "person"
		if p.Institution {
			kind = "institution"
		}
		var refs []string
		for _, r := range p.Refs {
			refs = append(refs, fmt.Sprint(r.N))
		}
		got = append(got, fmt.Sprintf("%s %v %s %s %s", p.Name, p.Aliases, p.Role, kind, strings.Join(refs, ",")))
	}
	if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
		t.Errorf("found\n%s\nwant\n%s", g, w)
	}
}
