package claim_test

import "pilcrow/internal/article"

// dam is a document for paraphrases whose words are far from those of the other tests.
var dam = article.Document{Slug: "lake", Title: "The Ostra dam", Passages: passages("lake",
	"The Ostra Dam, built between 1958 and 1963 by the engineer Helga Brandt, is 118 metres high and holds back 2.4 "+
		"billion cubic metres of water. It supplies about a third of the electricity of Velden Province.",
	"In 1971 a landslide sent a wave over the crest that killed 17 workers. An inquiry blamed the State Water Office, "+
		"which had ignored warnings from the geologist Marek Toll. The office denied responsibility until 1994, when it "+
		"paid each family 40,000 crowns.",
	"Fishermen in Lower Ostra say the dam has destroyed their livelihood. According to the Fishery Institute, catches "+
		"of sturgeon fell by 83 percent between 1965 and 1985. \"We were promised a lake full of fish,\" said Josef Lang, "+
		"who chairs the fishermen's union. \"We got mud.\"",
	"The government plans to raise the crest by four metres by 2027. Environment Minister Dana Kroll said the work "+
		"would not harm the wetlands. Toll, now 81, called the plan reckless and said that the eastern slope could slide "+
		"again.",
	"Most residents of Velden support the dam, a poll by the Arden Institute found in May 2023; 62 percent were in "+
		"favor and 21 percent against. Fewer than half of those asked had heard of the landslide.",
	"Unlike the Ostra Dam, the smaller Pell Weir was never meant to produce power. It was finished in 1949, nine years "+
		"before work on the Ostra Dam began, and was closed in 2001 after inspectors found cracks.",
	"Talks between the province and the fishermen's union broke down in June. Velden Province raised the fees, hurting "+
		"hundreds of boat owners, according to the union. The minister said the province was protecting the wetlands. "+
		"That does not mean that a settlement is out of reach, Kroll said.")}

var damParaphrases = []paraphrase{
	{1, "Helga Brandt built the Ostra Dam between 1958 and 1963.", true},
	{1, "The Ostra Dam was designed by Marek Toll.", false},
	{1, "The dam is 118 meters high.", true},
	{1, "The dam is 118 feet high.", false},
	{1, "The dam holds back 2.4 million cubic metres of water.", false},
	{1, "The Ostra Dam supplies about one third of Velden Province's electricity.", true},
	{1, "The Ostra Dam supplies all of the electricity of Velden Province.", false},
	{1, "Construction of the dam was completed in 1963.", true},
	{1, "Construction of the dam began in 1963.", false},
	{2, "A landslide in 1971 killed 17 workers.", true},
	{2, "17 workers were killed by a wave in 1971.", true},
	{2, "A landslide in 1971 killed 71 workers.", false},
	{2, "A landslide in 1971 injured 17 workers.", false},
	{2, "An inquiry blamed Marek Toll.", false},
	{2, "The inquiry blamed the State Water Office.", true},
	{2, "The State Water Office blamed the inquiry.", false},
	{2, "Marek Toll ignored warnings from the State Water Office.", false},
	{2, "The State Water Office had ignored warnings from a geologist.", true},
	{2, "The office admitted responsibility in 1971.", false},
	{2, "The office accepted responsibility from the start.", false},
	{2, "Each family was paid 40,000 crowns in 1994.", true},
	{2, "Each family was paid 14,000 crowns in 1994.", false},
	{2, "In 1994 the office paid 40,000 dollars to each family.", false},
	{3, "Catches of sturgeon fell by 83% between 1965 and 1985.", true},
	{3, "Catches of sturgeon rose by 83 percent between 1965 and 1985.", false},
	{3, "Catches of salmon fell by 83 percent.", false},
	{3, "Fishermen say the dam has destroyed their livelihood.", true},
	{3, "The dam has destroyed the fishermen's livelihood.", true}, // with its speaker given back
	{3, "Josef Lang said: \"We were promised a lake full of fish.\"", true},
	{3, "Josef Lang said: \"We were promised a lake full of fish. We got mud.\"", false},
	{3, "Dana Kroll said: \"We got mud.\"", false},
	{3, "Josef Lang chairs the fishermen's union.", true},
	{3, "Josef Lang chairs the Fishery Institute.", false},
	{4, "The government plans to raise the crest by four metres.", true},
	{4, "The government raised the crest by four metres.", false},
	{4, "The crest will be raised by four metres by 2027.", false},
	{4, "Dana Kroll, the environment minister, said the work would not harm the wetlands.", true},
	{4, "Dana Kroll said the work would harm the wetlands.", false},
	{4, "Kroll called the plan reckless.", false},
	{4, "Toll called the plan reckless.", true},
	{4, "Toll said the eastern slope could slide again.", true},
	{4, "Toll said the western slope could slide again.", false},
	{4, "Toll said the eastern slope will slide again.", false},
	{4, "The eastern slope could slide again, according to Toll.", true},
	{5, "Most residents of Velden support the dam.", true},
	{5, "All residents of Velden support the dam.", false},
	{5, "A majority of residents oppose the dam.", false},
	{5, "62 percent were against the dam.", false},
	{5, "62 percent were in favor.", true},
	{5, "A poll in May 2023 found that 21 percent were against.", true},
	{5, "A poll in March 2023 found that 21 percent were against.", false},
	{5, "More than half of those asked had heard of the landslide.", false},
	{5, "Fewer than half of those asked had heard of the landslide.", true},
	{6, "The Pell Weir was finished in 1949.", true},
	{6, "The Pell Weir was finished nine years after work on the Ostra Dam began.", false},
	{6, "The Pell Weir was meant to produce power.", false},
	{6, "The Pell Weir was never meant to produce power.", true},
	{6, "The Pell Weir was closed in 2001 after inspectors found cracks.", true},
	{6, "The Pell Weir was opened in 2001.", false},
	{6, "The Ostra Dam was closed in 2001.", false},
	{6, "The Pell Weir is larger than the Ostra Dam.", false},
	{6, "The Ostra Dam is smaller than the Pell Weir.", false},
	{7, "Talks between the fishermen's union and the province broke down.", true},
	{7, "Talks between Kroll and Velden broke down in June.", false},
	{7, "Velden Province raised the fees.", true},
	{7, "Josef Lang said the province was protecting the wetlands.", false},
	{7, "A settlement is out of reach.", false},
}
