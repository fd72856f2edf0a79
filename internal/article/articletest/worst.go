// Package articletest makes documents that are accepted and cost as much as any that is: each is as large as its kind
// may be, and full of what some part of the program reads most slowly or keeps most of. All of it is made by a formula,
// so two runs measure the same.
package articletest

import (
	"fmt"
	"strings"
)

// A Kind is one kind of worst document.
type Kind struct {
	Name string // of the kind, and of its file without the extension
	File string // with the extension by which it is parsed
	// Most is the largest N: a document of so many paragraphs is still accepted.
	Most int
	text func(b *strings.Builder, n int)
}

// Text makes the kind's document with n paragraphs or rows. Which server it is for makes it another document of the
// same cost: no two servers have a paragraph in common.
func (k Kind) Text(n, server int) []byte {
	var b strings.Builder
	if strings.HasSuffix(k.File, ".md") {
		fmt.Fprintf(&b, "---\ntitle: The %s of number %d\npublished: 2020-03-04\n---\n\n", k.Name, server)
	}
	from := server * 1_000_003
	for i := range n {
		if k.Name == "tables" && i%tableRows == 0 {
			b.WriteString("\n| Year | Who | What |\n|---|---|---|\n")
		}
		k.text(&b, from+i)
	}
	return []byte(b.String())
}

const tableRows = 500 // of one table

// Worst lists the kinds.
func Worst() []Kind {
	return []Kind{
		{"speeches", "speeches.md", 19_900, speech},
		{"quarrels", "quarrels.md", 150, quarrel},
		{"dates", "dates.md", 19_900, dates},
		{"names", "names.md", 19_900, names},
		{"tables", "tables.md", 9_900, row},
	}
}

var (
	firstNames = strings.Fields("Anna Bjorn Clara David Elena Farid Greta Hamid Irina Jonas Karim Laila Milan Nadia " +
		"Oskar Petra Rashid Sonja Tarek Ulla")
	syllables = strings.Fields("ba de fi go hu ka le mi no pu ra se ti vo wu za")
	months    = strings.Fields("January February March April May June July August September October November December")
	things    = strings.Fields("harbor lighthouse bridge station market tower canal mill school garden theater railway")
)

// surname is another one for each number below 16⁴, and the same again above.
func surname(n int) string {
	var b strings.Builder
	for i := range 4 {
		s := syllables[n%16]
		if n /= 16; i == 0 {
			s = strings.ToUpper(s[:1]) + s[1:]
		}
		b.WriteString(s)
	}
	return b.String()
}

func person(n int) string { return firstNames[n%20] + " " + surname(n*7+n/20) }

// speech is a paragraph with two names, three dates and a quotation.
func speech(b *strings.Builder, n int) {
	fmt.Fprintf(b, "The %s number %d was repaired in %d by %s, a historian of the valley, after the storm of %d %s %d. "+
		"“It took us %d months "+
		"and %d crowns to mend what one night in %s had broken,” said %s on %d %s %d, who had seen the %s in its best "+
		"days and wrote a book "+
		"about the people of %s.\n\n",
		things[n%12], n, 1800+n%200, person(n), 1+n%28, months[n%12], 1800+n%200, 2+n%17, 1000+n*13%90_000, months[n*5%12],
		person(n),
		1+n*3%28, months[n*7%12], 1801+n%200, things[n*5%12], surname(n*11))
}

// quarrel is a paragraph of nearly 60,000 bytes, in which marks of quotation open and close after every few words and
// nest wrongly.
func quarrel(b *strings.Builder, n int) {
	marks := []string{"“", "”", "\"", "‘", "’", "«", "»", "\""}
	from := b.Len()
	for i := 0; b.Len()-from < 59_000; i++ {
		fmt.Fprintf(b, "%s%s of the %s said %d", marks[(i*3+n)%8], person(n*1000+i), things[i%12], n*1000+i)
		if i%9 == 8 {
			b.WriteString(".")
		}
		b.WriteString(marks[(i*5+n)%8] + " ")
	}
	b.WriteString("\n\n")
}

// dates is a paragraph of nothing but dates.
func dates(b *strings.Builder, n int) {
	fmt.Fprintf(b, "Case %d was heard on %d %s %d", n, 1+n%28, months[n%12], 1500+n%500)
	for i := range 9 {
		k := n*11 + i*7
		fmt.Fprintf(b, ", on %s %d, %d, in %s %d", months[k%12], 1+k%28, 1500+k%500, months[k*5%12], 1400+k%600)
	}
	b.WriteString(".\n\n")
}

// names is a paragraph of nothing but names of people.
func names(b *strings.Builder, n int) {
	fmt.Fprintf(b, "In hall %d met %s", n, person(n*12))
	for i := range 11 {
		b.WriteString(", " + person(n*12+i+1))
	}
	b.WriteString(" and their friends.\n\n")
}

// row is a row of a table.
func row(b *strings.Builder, n int) {
	fmt.Fprintf(b, "| %d %s %d | %s of %s, a member of the council | She said “the %s will cost %d crowns” and left |\n",
		1+n%28, months[n%12], 1500+n%500, person(n), surname(n*3), things[n%12], n*17)
}
