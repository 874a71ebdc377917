# What completes `cargo` otherwise; bash-completion loads it when it is asked for.
if declare -F _comp_load >/dev/null; then
    _comp_load cargo 2>/dev/null
elif declare -F _completion_loader >/dev/null; then
    _completion_loader cargo 2>/dev/null
fi
_cargo_pgmi_found=$(complete -p cargo 2>/dev/null | sed -n 's/.*-F \([^ ]*\).*/\1/p')
# Read a second time, this script would find itself.
if [[ $_cargo_pgmi_found != _cargo_pgmi ]]; then
    _cargo_pgmi_before=$_cargo_pgmi_found
fi
unset _cargo_pgmi_found

_cargo_pgmi() {
    if [[ ${COMP_WORDS[1]} == pgmi && $COMP_CWORD -gt 1 ]]; then
        _cargo_pgmi_words "$@"
    elif [[ -n $_cargo_pgmi_before ]]; then
        "$_cargo_pgmi_before" "$@"
    else
        _cargo_pgmi_words "$@"
    fi
}

complete -F _cargo_pgmi -o nosort -o bashdefault -o default cargo
