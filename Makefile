# What a developer runs. .ci/run is everything that must hold before a change lands.

SHARED := $(abspath ../shared)
ifneq ($(wildcard $(SHARED)),)
export PILCROW_SHARED ?= $(SHARED)
endif

.PHONY: build test lint bench measure ci

build: ## the program, in bin/
	go build -o bin/bot ./cmd/bot

test: ## all tests, with the race detector, in any order
	go test -race -shuffle=on ./...

lint: ## .golangci.yml
	golangci-lint run

bench: ## speed, each beside a reference in the same run
	go test -run '^$$' -bench . -benchmem ./...

measure: ## how well paragraphs are found and questions answered; needs PILCROW_SHARED
	go test -count=1 -v -run 'Retrieval|Sentences|Gold|Measure' ./internal/rag ./internal/local ./internal/quote ./internal/timeline

ci:
	.ci/run
