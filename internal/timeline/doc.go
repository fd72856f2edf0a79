// Package timeline finds the dated statements of a document: which sentence happened when.
//
// It reads English news and reference prose in the terms of TIMEX3, the date annotation of ISO-TimeML
// (https://timeml.github.io/site/publications/timeMLdocs/timeml_1.2.1.html). Three steps follow each other, all of
// them pure:
//
//   - the rules of rules.go recognize an expression by its words alone ("the third quarter of last year");
//   - resolve gives it the days that it means, from the publication date and the dates named before it;
//   - Events keeps the expressions that date something, a row for each sentence and date.
//
// Nothing is invented. Without a publication date "yesterday" has no date and "April 16" has no year, unless a year
// was printed beside it; what was inferred is named in Date.Inferred. A date is never more precise than its words:
// "in August" is the whole month. Durations ("20-year", "for three weeks"), vague times ("in recent years"),
// repeated times ("every Monday") and numbers that only look like years are recognized so that they are not dates.
//
// Every function is safe for use by several goroutines.
package timeline
