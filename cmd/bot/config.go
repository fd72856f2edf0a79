package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	"pilcrow/internal/budget"
	"pilcrow/internal/discord"
	"pilcrow/internal/discord/gateway"
	"pilcrow/internal/discord/limits"
	"pilcrow/internal/store"
)

// The variables of the environment and of .env. .env.example explains each; a test holds the two together.
const (
	envDiscordToken   = "DISCORD_TOKEN"
	envDiscordAPIURL  = "DISCORD_API_URL"
	envShards         = "PILCROW_SHARDS"
	envOpenAIKey      = "OPENAI_API_KEY"
	envOpenAIBaseURL  = "OPENAI_BASE_URL"
	envChatModel      = "PILCROW_CHAT_MODEL"
	envEmbeddingModel = "PILCROW_EMBEDDING_MODEL"
	envEmbedTokens    = "PILCROW_EMBEDDING_TOKENS"
	envJudgeModel     = "PILCROW_JUDGE_MODEL"
	envJudge          = "PILCROW_JUDGE"
	envModelTimeout   = "PILCROW_MODEL_TIMEOUT"
	envDocs           = "PILCROW_DOCS"
	envData           = "PILCROW_DATA"
	envDatabase       = "PILCROW_DATABASE_URL"
	envDatabaseFrom   = "PILCROW_DATABASE_VECTORS"
	envMemory         = "PILCROW_MEMORY"
	envMaxPassages    = "PILCROW_MAX_PASSAGES"
	envPersonLimit    = "PILCROW_LIMIT_PERSON"
	envServerLimit    = "PILCROW_LIMIT_SERVER"
	envBotLimit       = "PILCROW_LIMIT_BOT"
	envClickLimit     = "PILCROW_LIMIT_CLICKS"
	envShareLimit     = "PILCROW_LIMIT_SHARES"
	envThreads        = "PILCROW_THREADS"
	envContent        = "PILCROW_MESSAGE_CONTENT"
	envFetchHosts     = "PILCROW_FETCH_HOSTS"
	envWatch          = "PILCROW_WATCH"
	envTokens         = "PILCROW_TOKENS_PER_DAY"
	envBackups        = "PILCROW_BACKUPS"
	envWeb            = "PILCROW_WEB"
	envWebURL         = "PILCROW_WEB_URL"
	envWebToken       = "PILCROW_WEB_TOKEN" //nolint:gosec // a name
	envLog            = "PILCROW_LOG"
	envLogFormat      = "PILCROW_LOG_FORMAT"

	// Each in place of the secret of that name; see readSecret.
	envDiscordTokenFile = "DISCORD_TOKEN_FILE"
	envOpenAIKeyFile    = "OPENAI_API_KEY_FILE"
	envDatabaseFile     = "PILCROW_DATABASE_URL_FILE"
	envWebTokenFile     = "PILCROW_WEB_TOKEN_FILE" //nolint:gosec // a name
)

// Defaults and bounds.
const (
	defaultBaseURL      = "https://api.openai.com/v1"
	defaultChatModel    = "gpt-4.1-mini"
	noModel             = "none" // as the name of a model: none, even with a key
	defaultData         = "data"
	defaultModelTimeout = 60 * time.Second
	minModelTimeout     = time.Second
	maxModelTimeout     = 100 * time.Second // within the two minutes that a question may take
	defaultMaxPassages  = 8
	maxMaxPassages      = 20
	defaultBackups      = 7
	maxBackups          = 366
	maxTokensPerDay     = 1_000_000_000_000
	maxVectorsFrom      = 1_000_000_000
)

// A secret prints as [secret], whatever the verb.
type secret string

// Format implements fmt.Formatter, so that no verb reaches the text.
func (s secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(s.String())) }

func (s secret) String() string {
	if s == "" {
		return ""
	}
	return "[secret]"
}

// LogValue implements slog.LogValuer.
func (s secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText keeps the text out of JSON, too.
func (s secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

func (s secret) reveal() string { return string(s) }

// config is what the environment says. It says nothing of what only can be found out by asking a server or reading a
// folder.
type config struct {
	discordToken  secret
	discordAPIURL string // "" is Discord's own
	shards        gateway.Shards
	openAIKey     secret
	openAIBaseURL string
	chatModel     string // defaultChatModel with a key; "" answers with extracts
	judgeModel    string // chatModel where it is not set; "" has nobody read what the chat model wrote
	judgeForced   bool   // it is used though it tells too few of the known pairs apart
	embedding     embedding
	embedTokens   int // 0 is what is known of the model
	modelTimeout  time.Duration
	docs          string // "" is the compiled-in documents
	data          string
	dataSet       bool   // data was set, not assumed
	database      secret // the address of a database of PostgreSQL; "" keeps a file in data
	vectorsFrom   int    // paragraphs from which on the vectors are in the database; 0: never
	memory        int64  // bytes, of the whole process
	maxPassages   int
	tokensPerDay  int      // 0 is no budget
	backups       int      // copies of the database, one a day; 0 is none
	watch         bool     // the folder of documents
	fetchHosts    []string // empty is all
	limits        limits.Rates
	threads       discord.Threads
	content       bool   // the application has the Message Content intent
	web           string // where pages are served; "" for nowhere
	webURL        string // where readers find them; "" for nowhere
	webToken      secret
	logLevel      slog.Level
	logLevelSet   bool
	logJSON       bool
}

// maxEmbeddingTokens is the largest window of an embedding model that is offered, and no longer than a document may
// be.
const maxEmbeddingTokens = 131_072

// keeps reports whether any command opens the folder of data, and not serving alone.
func (c config) keeps() bool {
	return c.dataSet || c.database != "" || c.embedding.keeps() || c.tokensPerDay > 0
}

// problems collects everything that is wrong with the environment, so that it can be said at once.
type problems []error

func (p *problems) add(name, what string) { *p = append(*p, errors.New(name+": "+what)) }

// loadConfig reads the variables. The error joins one line for each problem, each with its variable's name; no line
// holds the text of a secret.
func loadConfig(getenv func(string) string) (config, error) {
	get := func(name string) string { return strings.TrimSpace(getenv(name)) }
	var bad problems
	c := config{
		discordToken:  readSecret(&bad, get, envDiscordToken, envDiscordTokenFile),
		discordAPIURL: endpoint(&bad, envDiscordAPIURL, get(envDiscordAPIURL)),
		openAIKey:     readSecret(&bad, get, envOpenAIKey, envOpenAIKeyFile),
		openAIBaseURL: endpoint(&bad, envOpenAIBaseURL, get(envOpenAIBaseURL)),
		chatModel:     get(envChatModel),
		embedding:     chooseEmbedding(&bad, get(envEmbeddingModel)),
		judgeModel:    get(envJudgeModel),
		embedTokens:   whole(&bad, envEmbedTokens, get(envEmbedTokens), 0, maxEmbeddingTokens),
		modelTimeout:  timeout(&bad, envModelTimeout, get(envModelTimeout)),
		docs:          get(envDocs),
		data:          get(envData),
		database:      readSecret(&bad, get, envDatabase, envDatabaseFile),
		vectorsFrom:   whole(&bad, envDatabaseFrom, get(envDatabaseFrom), 0, maxVectorsFrom),
		memory:        memorySize(&bad, envMemory, get(envMemory)),
		maxPassages:   whole(&bad, envMaxPassages, get(envMaxPassages), defaultMaxPassages, maxMaxPassages),
		tokensPerDay:  whole(&bad, envTokens, get(envTokens), 0, maxTokensPerDay),
		backups:       defaultBackups,
		watch:         onOff(&bad, envWatch, get(envWatch), true),
		limits: limits.Rates{
			Person: limit(&bad, envPersonLimit, get(envPersonLimit), defaultPersonLimit),
			Server: limit(&bad, envServerLimit, get(envServerLimit), defaultServerLimit),
			Bot:    limit(&bad, envBotLimit, get(envBotLimit), defaultBotLimit),
			Clicks: limit(&bad, envClickLimit, get(envClickLimit), defaultClickLimit),
			Shares: limit(&bad, envShareLimit, get(envShareLimit), defaultShareLimit),
		},
		fetchHosts: hosts(&bad, envFetchHosts, get(envFetchHosts)), logLevel: slog.LevelInfo,
	}
	c.web, c.webURL = webAddress(&bad, envWeb, get(envWeb)), endpoint(&bad, envWebURL, get(envWebURL))
	c.webToken = webToken(&bad, envWebToken, readSecret(&bad, get, envWebToken, envWebTokenFile))
	var err error
	if c.shards, err = gateway.ParseShards(get(envShards)); err != nil {
		bad.add(envShards, err.Error())
	}
	c.threads, c.content = threads(&bad, get(envThreads)), onOff(&bad, envContent, get(envContent), false)
	if n := get(envBackups); n == "0" {
		c.backups = 0
	} else {
		c.backups = whole(&bad, envBackups, n, defaultBackups, maxBackups)
	}
	if c.database != "" {
		if err := store.CheckAddress(c.database.reveal()); err != nil {
			bad.add(envDatabase, err.Error())
		}
	}
	if c.vectorsFrom > 0 && c.database == "" {
		bad.add(envDatabaseFrom, "needs a database of PostgreSQL: set "+envDatabase+" too, or leave this one out")
	}
	c.chooseModels(&bad, get(envJudge))
	if c.dataSet = c.data != ""; !c.dataSet {
		c.data = defaultData
	}
	if c.openAIBaseURL == "" {
		c.openAIBaseURL = defaultBaseURL
	}
	c.readLog(&bad, get(envLog), get(envLogFormat))
	for _, token := range []struct {
		name  string
		value secret
	}{{envDiscordToken, c.discordToken}, {envOpenAIKey, c.openAIKey}, {envWebToken, c.webToken}} {
		if strings.ContainsFunc(token.value.reveal(), func(r rune) bool { return r <= ' ' || r > '~' }) {
			bad.add(token.name, "want one word of plain characters, got spaces or others among them")
		}
	}
	if c.openAIKey == "" && !isLoopback(c.openAIBaseURL) {
		embeds := ""
		if c.embedding.sentTo(c) == c.openAIBaseURL {
			embeds = c.embedding.name()
		}
		for _, model := range []struct{ name, value string }{
			{envChatModel, c.chatModel}, {envEmbeddingModel, embeds}, {envJudgeModel, c.judgeModel},
		} {
			if model.value != "" {
				bad.add(envOpenAIKey, fmt.Sprintf("needed for %s=%s at %s; only a server on this machine needs none",
					model.name, model.value, c.openAIBaseURL))
			}
		}
	}
	return c, errors.Join(bad...)
}

// chooseModels settles which models write and judge where a variable is empty or says that there is none.
func (c *config) chooseModels(bad *problems, judge string) {
	switch {
	case c.chatModel == noModel:
		c.chatModel = ""
	case c.chatModel == "" && c.openAIKey != "":
		c.chatModel = defaultChatModel
	}
	switch c.judgeModel {
	case noModel:
		c.judgeModel = ""
	case "":
		c.judgeModel = c.chatModel
	}
	switch judge {
	case "", "auto":
	case "force":
		c.judgeForced = true
	default:
		bad.add(envJudge, fmt.Sprintf("want auto or force, got %q", judge))
	}
}

// readLog reads how much is logged, and how.
func (c *config) readLog(bad *problems, level, format string) {
	if level != "" {
		c.logLevelSet = true
		if err := c.logLevel.UnmarshalText([]byte(level)); err != nil {
			bad.add(envLog, fmt.Sprintf("want debug, info, warn or error, got %q", level))
		}
	}
	switch format {
	case "", "text":
	case "json":
		c.logJSON = true
	default:
		bad.add(envLogFormat, fmt.Sprintf("want text or json, got %q", format))
	}
}

// endpoint lets https through, and http to this machine.
func endpoint(bad *problems, name, value string) string {
	if value == "" {
		return ""
	}
	u, err := url.Parse(value)
	switch {
	case err != nil || u.Host == "" || u.Opaque != "":
		bad.add(name, "want an address such as https://example.com/v1") // not repeated: it may hold a password
	case u.User != nil:
		bad.add(name, "want an address without a user or password in it")
	case u.Scheme == "https", u.Scheme == "http" && isLoopback(value):
		return strings.TrimRight(value, "/")
	default:
		bad.add(name, fmt.Sprintf("want https, or http to this machine only, got %s://%s", u.Scheme, u.Host))
	}
	return ""
}

func isLoopback(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	host := u.Hostname()
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// hosts reads a list of hosts, parted by commas or spaces.
func hosts(bad *problems, name, value string) []string {
	list := strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == ' ' })
	for _, h := range list {
		if u, err := url.Parse("https://" + h); err != nil || u.Hostname() != h {
			bad.add(name, fmt.Sprintf("want hosts such as example.org, without scheme, port or path, got %q", h))
		}
	}
	return list
}

// memorySize reads a number of bytes; half of what the machine gives where nothing is said.
func memorySize(bad *problems, name, value string) int64 {
	if value == "" {
		return budget.Default()
	}
	n, err := budget.ParseSize(value)
	if err != nil || n < budget.Least {
		bad.add(name, fmt.Sprintf("want a size of at least %d MiB, such as 256MiB or 1GiB, got %q", budget.Least>>20, value))
		return budget.Default()
	}
	return n
}

func whole(bad *problems, name, value string, fallback, most int) int {
	if value == "" {
		return fallback
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 || n > most {
		bad.add(name, fmt.Sprintf("want 1 to %d, got %q", most, value))
		return fallback
	}
	return n
}

// onOff reads a switch, which is as otherwise says where nothing is said.
func onOff(bad *problems, name, value string, otherwise bool) bool {
	switch value {
	case "on":
		return true
	case "off":
		return false
	case "":
	default:
		bad.add(name, fmt.Sprintf("want on or off, got %q", value))
	}
	return otherwise
}

func timeout(bad *problems, name, value string) time.Duration {
	if value == "" {
		return defaultModelTimeout
	}
	d, err := time.ParseDuration(value)
	if err != nil || d < minModelTimeout || d > maxModelTimeout {
		bad.add(name, fmt.Sprintf("want %v to %v, got %q", minModelTimeout, maxModelTimeout, value))
		return defaultModelTimeout
	}
	return d
}
