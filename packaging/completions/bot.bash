# bash completion of bot; made by TestHelpManual
_bot() {
	local word cur=${COMP_WORDS[COMP_CWORD]} at= next
	for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
		[[ $word == -* ]] && continue
		next="${at:+$at }$word"
		case $next in
		"serve" | "ask" | "find" | "check" | "quote" | "timeline" | "summary" | "who" | "paragraph" | "documents" | "documents list" | "documents add" | "documents refresh" | "documents remove" | "documents show" | "help" | "web" | "eval" | "health" | "doctor" | "cluster" | "usage" | "usage show" | "usage reset" | "model" | "model list" | "model add" | "model get" | "model remove" | "backup" | "restore" | "migrate") at=$next ;;
		esac
	done
	local words
	case $at in
	"") words="serve ask find check quote timeline summary who paragraph documents help web eval health doctor cluster usage model backup restore migrate --docs --document --json --new --verbose --version" ;;
	"serve") words="--docs --document --json --new --verbose --version" ;;
	"ask") words="--batch --explain --docs --document --json --new --verbose --version" ;;
	"find") words="--batch --k --docs --document --json --new --verbose --version" ;;
	"check") words="--explain --batch --docs --document --json --new --verbose --version" ;;
	"quote") words="--speaker --docs --document --json --new --verbose --version" ;;
	"timeline") words="--from --to --png --dark --explain --docs --document --json --new --verbose --version" ;;
	"summary") words="--docs --document --json --new --verbose --version" ;;
	"who") words="--docs --document --json --new --verbose --version" ;;
	"paragraph") words="--docs --document --json --new --verbose --version" ;;
	"documents") words="list add refresh remove show --docs --document --json --new --verbose --version" ;;
	"documents list") words="--docs --document --json --new --verbose --version" ;;
	"documents add") words="--name --title --published --replace --dry-run --as --folder --branch --under --limit --docs --document --json --new --verbose --version" ;;
	"documents refresh") words="--shrink --docs --document --json --new --verbose --version" ;;
	"documents remove") words="--docs --document --json --new --verbose --version" ;;
	"documents show") words="--as --docs --document --json --new --verbose --version" ;;
	"help") words="--docs --document --json --new --verbose --version" ;;
	"web") words="--docs --document --json --new --verbose --version" ;;
	"eval") words="--min --max --judge --ids --recorded --evidence --signals --docs --document --json --new --verbose --version" ;;
	"health") words="--ready --docs --document --json --new --verbose --version" ;;
	"doctor") words="--docs --document --json --new --verbose --version" ;;
	"cluster") words="--docs --document --json --new --verbose --version" ;;
	"usage") words="show reset --docs --document --json --new --verbose --version" ;;
	"usage show") words="--days --docs --document --json --new --verbose --version" ;;
	"usage reset") words="--day --docs --document --json --new --verbose --version" ;;
	"model") words="list add get remove --docs --document --json --new --verbose --version" ;;
	"model list") words="--docs --document --json --new --verbose --version" ;;
	"model add") words="--name --docs --document --json --new --verbose --version" ;;
	"model get") words="--list --docs --document --json --new --verbose --version" ;;
	"model remove") words="--docs --document --json --new --verbose --version" ;;
	"backup") words="--replace --no-documents --docs --document --json --new --verbose --version" ;;
	"restore") words="--replace --no-documents --docs --document --json --new --verbose --version" ;;
	"migrate") words="--to --docs --document --json --new --verbose --version" ;;
	esac
	mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
}
complete -o default -F _bot bot
