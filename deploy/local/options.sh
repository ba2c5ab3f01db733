# What command lines are held against before anything is built or started. Sourced by ./suimon.
# shellcheck shell=bash

# Says on one line what is wrong with the command line.
refuse() {
  printf 'suimon: %s\n' "$*" >&2
  exit 2
}

# Whether help is asked for, wherever in the line.
asks_for_help() {
  local each
  for each in "$@"; do
    case $each in --help | -h) return 0 ;; esac
  done
  return 1
}

# check_options COMMAND [OPTION KIND]... -- ARGUMENTS...: refuses the arguments that COMMAND does not take. A kind is "flag" where no value
# follows, else one of those of check_value; option NAME stands for all words that are none. The driver says the same in the same words
# (io.suimon.harness.Option).
check_options() {
  local command=$1 kinds=() option kind i
  shift
  while [ "$1" != -- ]; do
    kinds+=("$1")
    shift
  done
  shift
  while [ $# -gt 0 ]; do
    option=$1 kind=''
    [[ $1 == -* ]] || option=NAME
    for ((i = 0; i < ${#kinds[@]}; i += 2)); do
      [ "${kinds[i]}" != "$option" ] || kind=${kinds[i + 1]}
    done
    [ -n "$kind" ] || refuse "$1: unknown option (see ./suimon $command --help)"
    if [ "$kind" != flag ]; then
      check_value "$1" "${2:-}" "$kind"
      [ $# -eq 1 ] || shift
    fi
    shift
  done
}

# Refuses value $2 of $1 when it is not of kind $3: "1..9" is a number, "1..9,..." are some with commas between.
check_value() {
  local each
  case $3 in
    *,...)
      while IFS= read -r -d , each; do
        check_number "$1" "$each" "${3%,...}"
      done <<<"$2,"
      ;;
    *..*) check_number "$1" "$2" "$3" ;;
    store) [[ $2 =~ ^(embedded|etcd|both)$ ]] || refuse "$1: ${2:-nothing} (expected: embedded, etcd or both)" ;;
    file)
      # What takes half an hour to measure is to find a place in the end.
      [[ -n $2 && ! -d $2 && -d $(dirname -- "$2") ]] || refuse "$1: ${2:-nothing} (expected: a file in a folder that exists)"
      ;;
    folder) [[ -d $2 || ! -e ${2:-/} ]] || refuse "$1: ${2:-nothing} (expected: a folder)" ;;
    urls)
      [[ $2 =~ ^https?://[^,[:space:]]+(,https?://[^,[:space:]]+)*$ ]] ||
        refuse "$1: ${2:-nothing} (expected: URLs such as http://127.0.0.1:2379, separated by commas)"
      ;;
    names) [ -n "$2" ] || refuse "$1: nothing (expected: names, separated by commas)" ;;
  esac
}

check_number() {
  # What is too long to be compared is none of these numbers, either: the shell would say so, and go on.
  if ! [[ $2 =~ ^(0|[1-9][0-9]*)$ ]] || ! [ "$2" -ge "${3%..*}" ] 2>/dev/null || ! [ "$2" -le "${3#*..}" ] 2>/dev/null; then
    refuse "$1: ${2:-nothing} (expected: $3)"
  fi
}
