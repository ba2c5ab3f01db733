# ./suimon up, down, status, start: the planes as processes of this machine.
# shellcheck shell=bash disable=SC2154

ready_seconds=90
stop_seconds=20

usage_up() {
  cat <<'EOF'
./suimon up [options]: builds what is needed, starts a control plane and its data planes, waits until all are ready.
Ctrl-C stops them. A process that dies is reported with the end of its log, the others go on, and the exit code is 1.

  --etcd URL[,URL...]  keep the configuration in etcd instead of the embedded store
  --nodes N            start N data planes (default 1); each further one has its ports 1000 higher
  --detach             return when all are ready; ./suimon down stops them
  --port-offset N      move all ports by N
  --http-port N        traffic (default 9080)             --admin-port N    Admin API (default 9180)
  --stream-port N      configuration stream (9280)        --health-port N   health and metrics of the control plane (9181)
  --control-port N     Control API of the node (9090)     --metrics-port N  metrics of the node (9091)
  --status-port N      status of the node (7085)          --https-port N    traffic over TLS (9443)

SUIMON_ADMIN_KEY sets the admin key; without it the first start makes one in .suimon/admin.key (mode 0600).
Every other setting can be given as an environment variable, too: docs/settings.md.
EOF
}

# Refuses ports that are out of reach when moved by $1.
check_ports() {
  local port
  for port in "${@:2}"; do
    [ $((port + $1)) -le 65535 ] || refuse "port $((port + $1)): $port moved by $1 (expected: at most 65535; fewer --nodes, or a smaller --port-offset)"
  done
}

command_up() {
  local etcd='' nodes=1 detach='' offset=0
  local http=9080 https=9443 admin=9180 stream=9280 health=9181 control=9090 metrics=9091 status=7085
  if asks_for_help "$@"; then
    usage_up
    return
  fi
  check_options up --etcd urls --nodes 1..20 --detach flag --port-offset 0..50000 --http-port 1..65535 --https-port 1..65535 \
    --admin-port 1..65535 --stream-port 1..65535 --health-port 1..65535 --control-port 1..65535 --metrics-port 1..65535 \
    --status-port 1..65535 -- "$@"
  while [ $# -gt 0 ]; do
    case $1 in
      --detach) detach=yes; shift; continue ;;
      --etcd) etcd=$2 ;;
      --nodes) nodes=$2 ;;
      --port-offset) offset=$2 ;;
      --http-port) http=$2 ;;
      --https-port) https=$2 ;;
      --admin-port) admin=$2 ;;
      --stream-port) stream=$2 ;;
      --health-port) health=$2 ;;
      --control-port) control=$2 ;;
      --metrics-port) metrics=$2 ;;
      --status-port) status=$2 ;;
    esac
    shift 2
  done
  check_ports "$offset" "$admin" "$stream" "$health"
  check_ports $((offset + (nodes - 1) * 1000)) "$http" "$https" "$control" "$metrics" "$status"
  prepare_home
  local name
  for name in $(process_names); do
    ! alive "$name" || fail "$name is running already (./suimon status shows it, ./suimon down stops it)"
    rm -f "$home/$name.env" "$home/$name.pid"
  done
  find_jdk
  build
  keep_admin_key
  describe_control_plane $((admin + offset)) $((stream + offset)) $((health + offset)) "$etcd"
  local node shift_by
  for ((node = 1; node <= nodes; node++)); do
    shift_by=$((offset + (node - 1) * 1000))
    describe_data_plane "$node" $((http + shift_by)) $((control + shift_by)) $((metrics + shift_by)) \
      $((status + shift_by)) $((stream + offset)) $((https + shift_by))
  done
  trap 'stop_all; exit 130' INT
  trap 'stop_all; exit 143' TERM
  for name in $(process_names); do
    launch "$name"
    await_ready "$name"
  done
  summary $((admin + offset)) $((http + offset)) $((status + offset)) $((https + offset))
  if [ -n "$detach" ]; then
    say "Running in the background: ./suimon status, ./suimon down"
  else
    say "Ctrl-C stops everything."
    supervise
  fi
}

# The key file is the one place the key lies in, whoever chose it: the process started again later finds it there.
keep_admin_key() {
  [ -z "${SUIMON_ADMIN_KEY:-}" ] || (umask 077 && printf '%s\n' "$SUIMON_ADMIN_KEY" >"$home/admin.key")
}

# control-plane first: that is also the order of starting; stopping goes backwards.
process_names() {
  local file
  for file in "$home"/control-plane.env "$home"/data-plane-*.env; do
    [ ! -f "$file" ] || basename "$file" .env
  done
}

# The same for people.
started_names() {
  local names
  names=$(process_names)
  printf '%s' "${names:-none}" | tr '\n' ' '
}

# What a process is started with, also when it is started again.
describe_control_plane() {
  {
    echo "export SUIMON_ADMIN_PORT=$1 SUIMON_STREAM_PORT=$2 SUIMON_MANAGEMENT_PORT=$3"
    printf 'export SUIMON_ADMIN_KEY_FILE=%q SUIMON_STORE_PATH=%q\n' "$home/admin.key" "$home/store"
    [ -z "$4" ] || printf 'export SUIMON_STORE_TYPE=etcd SUIMON_STORE_ETCD_ENDPOINTS=%q\n' "$4"
    echo "ready_port=$3 ready_path=/q/health/ready plane=control-plane"
  } >"$home/control-plane.env"
}

describe_data_plane() {
  {
    echo "export SUIMON_TRAFFIC_PORT=$2 SUIMON_CONTROL_PORT=$3 SUIMON_METRICS_PORT=$4 SUIMON_STATUS_PORT=$5 SUIMON_TLS_PORT=$7"
    printf 'export SUIMON_CONTROL_PLANE_ADDRESSES=127.0.0.1:%q SUIMON_CACHE_PATH=%q\n' "$6" "$home/cache-$1"
    echo "ready_port=$5 ready_path=/status/ready plane=data-plane"
  } >"$home/data-plane-$1.env"
}

alive() {
  local pid
  pid=$(cat "$home/$1.pid" 2>/dev/null) || return 1
  [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null || return 1
  # The id may be another process's by now.
  if [ -r "/proc/$pid/cmdline" ]; then
    tr '\0' ' ' <"/proc/$pid/cmdline"
  else
    ps -o args= -p "$pid"
  fi | grep -q -- "-Dsuimon.process=$1 "
}

launch() {
  local name=$1
  (
    # shellcheck disable=SC1090
    . "$home/$name.env"
    # A process group of its own: Ctrl-C reaches the launcher alone, which then stops the planes in order.
    set -m
    local recorded=()
    ! start_is_recorded "$plane" || recorded=("-XX:AOTCache=$root/$plane/target/$plane.aot")
    "$JAVA_HOME/bin/java" "${recorded[@]}" "@$root/$plane/src/main/jib/app/jvm.options" "-Dsuimon.process=$name" \
      -jar "$root/$plane/target/quarkus-app/quarkus-run.jar" </dev/null >>"$home/$name.log" 2>&1 &
    echo $! >"$home/$name.pid"
  )
}

# Whether an HTTP GET is answered 200. Bash alone: a fresh machine may lack curl.
answers() {
  local line=''
  { exec 3<>"/dev/tcp/127.0.0.1/$1"; } 2>/dev/null || return 1
  printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' "$2" >&3 2>/dev/null || true
  read -r -t 2 line <&3 || true
  exec 3>&-
  [[ $line == *' 200 '* ]]
}

is_ready() (
  # shellcheck disable=SC1090
  . "$home/$1.env"
  answers "$ready_port" "$ready_path"
)

await_ready() {
  local name=$1 deadline=$((SECONDS + ready_seconds))
  say "Starting $name ..."
  until is_ready "$name"; do
    if ! alive "$name"; then
      report_death "$name"
      stop_all
      exit 1
    fi
    if [ $SECONDS -ge $deadline ]; then
      tail -n 20 "$home/$name.log" >&2
      stop_all
      fail "$name is not ready after $ready_seconds s; its log: $home/$name.log"
    fi
    sleep 0.2
  done
}

report_death() {
  printf 'suimon: %s died; the end of %s:\n' "$1" "$home/$1.log" >&2
  tail -n 15 "$home/$1.log" | sed 's/^/  /' >&2
}

summary() {
  local key
  key="\$(cat $(printf '%q' "$home/admin.key"))"
  cat <<EOF

Suimon is ready.
  Traffic      http://127.0.0.1:$2, https://127.0.0.1:$4 (docs/tls.md)
  Admin API    http://127.0.0.1:$1/apisix/admin
  Admin key    $home/admin.key
  Logs         $home/*.log

Try it: a route to the node's own status page, then a request through it.
  curl -X PUT http://127.0.0.1:$1/apisix/admin/routes/1 -H "X-API-KEY: $key" -d '{"uri":"/status","upstream":{"nodes":{"127.0.0.1:$3":1}}}'
  curl -i http://127.0.0.1:$2/status

EOF
}

# Reports every death once; ends when nothing runs any more.
supervise() {
  local name running died='' reported=' '
  while :; do
    running=''
    for name in $(process_names); do
      if alive "$name"; then
        running=yes
        reported=${reported/ $name / }
      elif [[ $reported != *" $name "* ]]; then
        died=yes
        reported="$reported$name "
        report_death "$name"
        say "The others go on. ./suimon start $name starts it again." >&2
      fi
    done
    [ -n "$running" ] || break
    sleep 0.5
  done
  [ -z "$died" ] || exit 1
}

stop_all() {
  local name pid deadline
  trap '' INT TERM
  for name in $(process_names | sort -r); do
    alive "$name" || continue
    pid=$(cat "$home/$name.pid")
    say "Stopping $name ..."
    kill "$pid" 2>/dev/null || true
    deadline=$((SECONDS + stop_seconds))
    while alive "$name"; do
      if [ $SECONDS -ge $deadline ]; then
        say "$name did not stop within $stop_seconds s: killing it" >&2
        kill -KILL "$pid" 2>/dev/null || true
        break
      fi
      sleep 0.1
    done
  done
  rm -f "$home"/*.pid
}

command_down() {
  if asks_for_help "$@"; then
    say "./suimon down: stops the data planes, then the control plane; waits until they are gone."
    return
  fi
  check_options down -- "$@"
  stop_all
}

command_status() {
  if asks_for_help "$@"; then
    say "./suimon status: one line per process. Exit code 0 when all are ready, 3 otherwise."
    return
  fi
  check_options status -- "$@"
  local name names code=0
  names=$(process_names)
  [ -n "$names" ] || { say "Nothing was started yet: ./suimon up"; return 3; }
  for name in $names; do
    if ! alive "$name"; then
      say "$name: not running" && code=3
    elif is_ready "$name"; then
      say "$name: ready, pid $(cat "$home/$name.pid")"
    else
      say "$name: running, not ready, pid $(cat "$home/$name.pid")" && code=3
    fi
  done
  return $code
}

command_start() {
  if asks_for_help "$@"; then
    say "./suimon start control-plane|data-plane-N: starts one process that ./suimon up started before, with the same settings."
    return
  fi
  [[ $# -eq 1 && $1 =~ ^(control-plane|data-plane-[0-9]+)$ ]] || refuse "start: ${*:-nothing} (expected: control-plane or data-plane-N)"
  [ -f "$home/$1.env" ] || fail "$1: never started here (there are: $(started_names); ./suimon up starts them)"
  prepare_home
  ! alive "$1" || fail "$1 is running already, pid $(cat "$home/$1.pid")"
  find_jdk
  build
  launch "$1"
  local deadline=$((SECONDS + ready_seconds))
  until is_ready "$1"; do
    alive "$1" || { report_death "$1"; exit 1; }
    [ $SECONDS -lt $deadline ] || fail "$1 is not ready after $ready_seconds s; its log: $home/$1.log"
    sleep 0.2
  done
  say "$1 is ready, pid $(cat "$home/$1.pid")"
}
