# omnistock: `make run` serves it, `make test` tests it. Neither needs anything set up before.

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
IMAGE ?= omnistock
BENCH ?= .
BUILD = go build -trimpath -buildvcs=false -ldflags '-s -w -X main.version=$(VERSION)'

# The program is pure Go; only the race detector of the tests needs a C compiler.
export CGO_ENABLED ?= 0
export OMNISTOCK_DATA_DIR ?= ./data

.PHONY: help
help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

.PHONY: run
run: build ## Serve on 127.0.0.1:8000, with the data in ./data
	@bin/omnistock serve

.PHONY: test
test: ## Run all tests on SQLite and PostgreSQL, with the race detector
	scripts/check test

.PHONY: lint
lint: ## Check the format, the module files and the code
	scripts/check lint

.PHONY: check
check: ## All that CI checks
	scripts/check

.PHONY: bench
bench: ## Run the benchmarks (BENCH=regexp)
	scripts/check bench '$(BENCH)'

.PHONY: format
format: ## Format the code
	go tool -modfile=tools/go.mod gofumpt -w .

.PHONY: build
build: ## Build the program: bin/omnistock
	$(BUILD) -o bin/omnistock ./cmd/omnistock

.PHONY: man
man: ## Write the manual pages: bin/man, as in man -l bin/man/omnistock-serve.1
	rm -rf bin/man
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) go test ./cmd/omnistock -count=1 -run '^TestMan_pages$$' -man '$(CURDIR)/bin/man'

.PHONY: docker
docker: ## Build the Docker image; its program brings the roots of TLS that an empty image lacks
	rm -rf bin/image
	install -d bin/image/data
	install -d -m 1777 bin/image/tmp
	$(BUILD) -tags roots -o bin/image/omnistock ./cmd/omnistock
	docker build -q -t $(IMAGE) .

.PHONY: hooks
hooks: ## Lint before each commit
	git config core.hooksPath scripts/hooks
