# What a developer runs. .ci/run is everything that must hold before a change lands.

SHARED := $(abspath ../shared)
ifneq ($(wildcard $(SHARED)),)
export PILCROW_SHARED ?= $(SHARED)
endif

.PHONY: browser mutate gate packaging build release reproducible test lint bench folder beside measure meaning large lines worst i18n golden ci

build: ## the program, in bin/, without what only a debugger reads: the same bytes from the same source, wherever it is built
	CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags="-s -w -buildid=" -o bin/bot ./cmd/bot

release: build ## what is given to others: the program with its license and those of what it contains, in bin/
	go run ./tools/notices ./cmd/bot > bin/NOTICES
	cp LICENSE bin/LICENSE

reproducible: ## that two builds, in other folders and with other caches, are the same to the bit
	.ci/reproducible

test: ## all tests in any order: what runs side by side with the race detector, then everything without it
	GORACE=atexit_sleep_ms=50 go test -race -short -shuffle=on ./...
	go test -shuffle=on ./...

lint: ## .golangci.yml, with the version that it is written for
	.ci/lint

bench: ## speed, each beside a reference in the same run
	go test -run '^$$' -bench . -benchmem ./...

folder: ## loading 800 pages cold: time beside goldmark's over the same pages, and memory in times their text
	go test -run '^$$' -bench Folder -benchtime 8x -benchmem ./internal/article

beside: ## processor time and memory at 10,000 paragraphs, beside SQLite's full-text search and a copy of the same bytes, in the same run
	go test -run '^$$' -bench 'BesideSQLite|Score|Servers|FirstTouch' -benchtime 3x ./internal/store ./internal/flatindex ./internal/local

meaning: ## the built-in sense of meaning: paraphrases, SQuAD, ClapNQ and evidence, beside BM25; then what it costs (MODEL=http://… MODEL_NAME=… for a server's)
	go test -count=1 -v -run 'TestMeasure|TestQuestionsShareFewWords' ./internal/static
	$(if $(PILCROW_SHARED),go run ./tools/fit -embedder $(or $(MODEL),table) $(if $(MODEL_NAME),-model $(MODEL_NAME)) find evidence)
	$(MAKE) beside large

large: build ## peak memory and time to the first answer of the program at 10,000 paragraphs (LARGE=1: and 100,000), cold and warm; one question; its size
	PILCROW_BOT=$(CURDIR)/bin/bot PILCROW_LARGE=$(LARGE) go test -run '^$$' -bench 'BenchmarkLarge' -benchtime 1x -timeout 30m ./cmd/bot
	PILCROW_BOT=$(CURDIR)/bin/bot go test -run '^$$' -bench 'BenchmarkAsk$$' -benchtime 21x ./cmd/bot
	@wc -c bin/bot

measure: ## how well paragraphs are found, questions answered and refused, claims checked; more with PILCROW_SHARED
	go test -count=1 -v -run 'Retrieval|Sentences|Refusal|Gold|Measure|Mutation|Untouched' \
		./internal/local ./internal/claim ./internal/quote ./internal/timeline
	.ci/gold
	$(MAKE) drafts

gate: ## what a release promises, measured, in one report (bin/gate.md): minutes; FORM=long takes hours
	.ci/gate $(or $(FORM),short)

packaging: ## units, image, alerts, manual and completions, held against the tools that read them, as far as they are installed
	.ci/packaging

browser: ## the pages in a real browser: axe, widths, dark, right to left, keyboard, print (PICTURES=folder to look at them)
	.ci/browser $(PICTURES)

i18n: ## the sentences and names that have no translation yet, by language; fails if there are some
	go test -count=1 ./internal/lang -run TestComplete -complete

golden: ## draws anew what tests compare with: README, scenes, screens, the house of commands. Read the difference.
	go test -count=1 ./cmd/bot -run 'TestReadme|TestScenes|TestScreens|TestHelpManual' -update
	go test -count=1 ./internal/commands/dispatch -run House -update
	for p in text question quote timeline claim; do go test -count=1 ./internal/$$p -run TestSamples -update || exit 1; done

lines: ## how many lines an answer takes on the screen, over the scenes
	go test -count=1 -v -run TestLines ./cmd/bot

worst: ## memory, start and endings with the worst documents that are accepted, in 1, 3 and 30 servers: some minutes
	PILCROW_WORST=$(or $(PILCROW_WORST),1,3,30) go test -count=1 -v -timeout 60m -run TestWorst ./cmd/bot

drafts: build ## the tables of internal/eval/testdata/drafts/README.md: both halves with every judge, signals and curve
	@cd internal/eval/testdata/drafts && for half in odd even; do echo "-- $$half ids"; \
		env -i PATH="$$PATH" HOME="$$HOME" $(CURDIR)/bin/bot eval *.jsonl --recorded --ids $$half || exit 1; echo; done; \
		env -i PATH="$$PATH" HOME="$$HOME" $(CURDIR)/bin/bot eval *.jsonl --recorded --judge none --signals

mutate: ## switches each rule of the language packages off and expects a test to fail. Long; FORM=short tries a sample
	.ci/mutate $(or $(FORM),long)

ci:
	.ci/run
