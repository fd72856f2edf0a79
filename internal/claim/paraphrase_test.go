package claim_test

import (
	"testing"

	"pilcrow/docs"
	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/claim/check"
	"pilcrow/internal/claim/premise"
)

// A paraphrase is a sentence of our own about a paragraph, and whether the paragraph supports it.
type paraphrase struct {
	n        int // the paragraph
	sentence string
	want     bool
}

// paraphrases of the built-in document, as a person or a model would write them.
var paraphrases = []paraphrase{
	{2, "Pakistan sheltered fighters of the Afghan Taliban.", true},
	{2, "Pakistan sheltered the Taliban's fighters because it hoped for a friendly government in Kabul.", true},
	{2, "The Afghan Taliban sheltered fighters of Pakistan.", false},
	{3, "The Taliban took Afghanistan back in August 2021.", true},
	{3, "The Taliban took Afghanistan in August 2020.", false},
	{3, "Relations became better after August 2021.", false},
	{3, "Pakistan attacked across the border from the air.", true},
	{4, "On 16 April 2022, Pakistan struck eastern Afghanistan from the air.", true},
	{4, "Eastern Afghanistan was struck by Pakistan on April 16.", true},
	{4, "Pakistan was struck by Afghanistan from the air on April 16.", false},
	{4, "Pakistan struck western Afghanistan from the air on April 16.", false},
	{4, "Pakistan wanted to hit fighters of the TTP.", true},
	{4, "According to people in the area, dozens of civilians lost their lives.", true},
	{4, "Thirty-six civilians lost their lives.", false},
	{4, "People in the area said that hundreds of civilians lost their lives.", false},
	{4, "According to Islamabad, dozens of civilians lost their lives.", false},
	{4, "The TTP is also called the Pakistani Taliban.", true},
	{5, "Pakistan's Foreign Ministry complained about terrorists \"operating with impunity from Afghan soil\".", true},
	{5, "The Foreign Ministry called on the Taliban to act firmly against terrorists.", true},
	{5, "The Foreign Ministry apologized for the bombing.", false},
	{6, "Taliban spokesman Zabihullah Mujahid called the raids \"a cruelty\".", true},
	{6, "Zabihullah Mujahid warned Islamabad that a war would be good for nobody.", true},
	{6, "Asfandyar Mir warned Islamabad that a war would be good for nobody.", false},
	{6, "Mujahid called the raids a success.", false},
	{6, "Mujahid said the raids would make friends of the two countries.", false},
	{8, "The Afghan Taliban will not move against the TTP.", true},
	{8, "The Afghan Taliban will move against the TTP.", false},
	{9, "The TTP has bases in Afghanistan.", true},
	{9, "The TTP has no bases in Afghanistan.", false},
	{10, "Between 2020 and 2022 the TTP brought its factions together again.", true},
	{10, "Between 2018 and 2022 the TTP brought its factions together again.", false},
	{11, "According to PICSS, militants carried out at least 294 attacks in Pakistan in 2021.", true},
	{11, "Militants carried out at least 294 attacks in 2021, 56% more than in 2020.", true},
	{11, "Militants carried out at least 249 attacks in Pakistan in 2021.", false},
	{11, "Militants carried out exactly 294 attacks in Pakistan in 2021, fewer than in 2020.", false},
	{11, "Attacks rose by 65 percent in 2021.", false},
	{11, "The TTP was blamed for most of the attacks.", true},
	{11, "The TTP was blamed for all of the attacks.", false},
	{11, "The TTP was blamed for none of the attacks.", false},
	{12, "Foreign troops left Afghanistan in August 2021.", true},
	{12, "There have been more American air strikes since foreign troops left Afghanistan.", false},
	{13, "The TTP has firearms made in the United States.", true},
	{13, "The TTP has firearms that were made in China.", false},
	{13, "The TTP is worse armed than before.", false},
	{14, "A truce of one month ran out in December 2021.", true},
	{14, "A truce of two months ran out in December 2021.", false},
	{14, "A one-month truce between the TTP and Islamabad ended in December 2021.", true},
	{14, "The negotiations succeeded.", false},
	{14, "The negotiations failed in December 2021.", true},
	{15, "A drone fired a missile at Faqir Mohammad in the Afghan province of Kunar.", true},
	{15, "The missile failed to explode.", true},
	{15, "The missile exploded.", false},
	{15, "The missile killed Faqir Mohammad.", false},
	{15, "The Taliban government praised the attack.", false},
	{15, "The drone is thought to have been Pakistani.", true},
	{15, "The drone was Pakistani.", false},
	{16, "The Durand Line is about 2,700 km long.", true},
	{16, "The Durand Line is about 2,700 miles long.", false},
	{16, "The 2,700-kilometer frontier was drawn in 1893.", true},
	{16, "The border was drawn in 1983.", false},
	{16, "Afghanistan has accepted the border.", false},
	{16, "Afghanistan has never accepted the Durand Line.", true},
	{17, "Pakistan's fence on the Durand Line has enraged the Taliban.", true},
	{17, "Afghanistan is building a fence on the Durand Line.", false},
	{18, "Abdul Basit said the dispute over the border would spoil the ties with Pakistan.", true},
	{18, "Basit said that the dispute would spoil the ties \"irrespective of who rules Islamabad\".", false},
	{19, "Basit believes that the two sides are about to break with each other.", false},
	{20, "Sami Yousafzai, a veteran journalist, said that Pakistan was angry.", true},
	{20, "Sami Yousafzai said the Taliban were \"copying its playbook\".", true},
	{20, "Zabihullah Mujahid said the Taliban were \"copying its playbook\".", false},
	{21, "Islamabad wants the Taliban to throw out the TTP.", true},
	{21, "Yousafzai doubts that the Taliban will give in.", true},
	{21, "Yousafzai is certain that the Taliban will give in.", false},
	{22, "Asfandyar Mir is a senior analyst at the U.S. Institute of Peace.", true},
	{22, "Asfandyar Mir is a senior analyst at the United Nations.", false},
	{22, "Mir said Pakistan has given up hope.", true},
	{23, "Analysts expect more Pakistani attacks on TTP hideouts in Afghanistan.", true},
	{23, "Analysts expect fewer Pakistani attacks on TTP hideouts in Afghanistan.", false},
	{23, "Mir said it was \"hard to see how Taliban-Pakistan ties improve from here\".", true},
	{23, "Mir said it was \"easy to see how Taliban-Pakistan ties improve from here\".", false},
}

// TestParaphrases holds the checks to sentences that share the passage's meaning and not its words, or its words and
// not its meaning.
func TestParaphrases(t *testing.T) {
	corpus, err := article.Load(docs.FS)
	if err != nil {
		t.Fatal(err)
	}
	holdParaphrases(t, corpus.Documents()[0], paraphrases)
	holdParaphrases(t, dam, damParaphrases)
}

// holdParaphrases admits a twentieth of the false sentences at most; of the true ones it admits six tenths, and
// withholds a tenth altogether.
func holdParaphrases(t *testing.T, d article.Document, list []paraphrase) {
	c := premise.New(d)
	admitted, withheld, closeBy, yes, no := 0, 0, 0, 0, 0
	for _, p := range list {
		r := check.One(p.sentence, d.Passages[p.n-1], c)
		ok := r.Verdict == claim.Supported || r.Verdict == claim.Reported
		if p.want {
			yes++
		} else {
			no++
		}
		switch {
		case ok && !p.want:
			admitted++
			t.Logf("%s ¶%d admitted: %s %q", d.Slug, p.n, p.sentence, r.Rewritten)
		case p.want && r.Verdict == claim.Close:
			closeBy++
			t.Logf("%s ¶%d close: %s (%s)", d.Slug, p.n, p.sentence, r.Why)
		case !ok && p.want:
			withheld++
			t.Logf("%s ¶%d withheld: %s (%v %s %.2f %s)", d.Slug, p.n, p.sentence, r.Verdict, r.Check, r.Score, r.Why)
		}
	}
	t.Logf("%s: %d of %d false ones admitted, %d of %d true ones withheld, %d called close", d.Slug, admitted, no,
		withheld, yes, closeBy)
	if 20*admitted > no || 10*withheld > yes || 10*(withheld+closeBy) > 4*yes {
		t.Error("more than the bar")
	}
}
