package timeline

import "pilcrow/internal/article"

// An Order says which number of 4/5/2020 is the day.
type Order uint8

// The orders. Unknown reads the month first, as English news agencies write it.
const (
	OrderUnknown Order = iota
	OrderDayFirst
	OrderMonthFirst
)

// orderOf reads the order off the dates of one text that can be read in one way only; where none is, the languages
// beside English write the day first.
func orderOf(pieces []piece, g *grammar) Order {
	day, month := 0, 0
	for _, p := range pieces {
		switch {
		case p.name != slashed || p.swapped || p.day == p.month:
		case p.dayFirst:
			day++
		default:
			month++
		}
	}
	return decide(day, month, g != nil)
}

// decide is the order that more dates show; none where they disagree evenly.
func decide(day, month int, foreign bool) Order {
	switch {
	case day > month || day == month && foreign:
		return OrderDayFirst
	case month > day:
		return OrderMonthFirst
	}
	return OrderUnknown
}

// documentOrder reads the order off the whole document: 13/05/2019 in one paragraph says how 04/06/2019 in another is
// written.
func documentOrder(passages []article.Passage, foreign bool) Order {
	day, month := 0, 0
	for _, p := range passages {
		for i := 0; i+len("1/2/2006") <= len(p.Text); i++ {
			if c := p.Text[i]; c < '1' && c != '0' || c > '9' || i > 0 && inDate(p.Text[i-1]) {
				continue
			}
			switch first, second := numbersAt(p.Text[i:]); {
			case first > 12 && first <= 31 && second >= 1 && second <= 12:
				day++
			case second > 12 && second <= 31 && first >= 1 && first <= 12:
				month++
			}
		}
	}
	return decide(day, month, foreign)
}

func inDate(c byte) bool { return c >= '0' && c <= '9' || c == '/' || c == '-' || c == '.' }

// numbersAt reads the first two numbers of 13/05/2019 or 13-05-2019; zero where there is no such date.
func numbersAt(s string) (first, second int) {
	number := func(most int) (n, digits int) {
		for digits < len(s) && digits <= most && s[digits] >= '0' && s[digits] <= '9' {
			n = 10*n + int(s[digits]-'0')
			digits++
		}
		s = s[digits:]
		return n, digits
	}
	a, digits := number(2)
	if digits == 0 || digits > 2 || s == "" || s[0] != '/' && s[0] != '-' {
		return 0, 0
	}
	mark := s[0]
	s = s[1:]
	b, digits := number(2)
	if digits == 0 || digits > 2 || s == "" || s[0] != mark {
		return 0, 0
	}
	s = s[1:]
	if _, digits := number(4); digits != 4 && (digits != 2 || mark != '/') {
		return 0, 0
	}
	return a, b
}
