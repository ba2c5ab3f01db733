# ./suimon test, bench, soak and chaos.
# shellcheck shell=bash disable=SC2154

# Tells which Debian packages of the given "command:package" pairs are missing, and installs them where it may.
provide() {
  local what=$1 pair missing=()
  shift
  for pair in "$@"; do
    command -v "${pair%%:*}" >/dev/null || [ -x "/usr/sbin/${pair%%:*}" ] || missing+=("${pair##*:}")
  done
  [ ${#missing[@]} -eq 0 ] || install_packages "$what" "${missing[@]}" ||
    fail "$what needs ${missing[*]}: install them (Debian: apt-get install ${missing[*]})"
}

# What all of these need first.
ready_driver() {
  prepare_home
  find_jdk
}

build_driver() {
  build
  compile_driver
}

# Compiles the driver when it is missing or older than what it is made of.
compile_driver() {
  local stamp=$root/integration-tests/target/suimon.built
  changed_since "$stamp" "$root/integration-tests/pom.xml" "$root/integration-tests/src/main" "${plane_sources[@]}" || return 0
  find_maven
  say "Compiling what measures and breaks ..."
  (cd "$root" && mvn -B -ntp -q -Dspotless.check.skip -Djacoco.skip -pl integration-tests -am compile)
  touch "$stamp"
}

# Becomes the driver: its work goes into folder $1, $2 is on its class path, too; then options of the JVM, the class, its arguments.
become_driver() {
  local work=$1 more=$2
  shift 2
  # What only newer JVMs know is passed over by others.
  exec "$JAVA_HOME/bin/java" -XX:+IgnoreUnrecognizedVMOptions -Duser.language=en "-Dsuimon.root=$root" "-Dsuimon.work=$work" -cp "$root/integration-tests/target/classes$more" "$@"
}

usage_test() {
  cat <<'EOF'
./suimon test: everything CI runs: ShellCheck, format, compiler and architecture checks, unit, contract and property tests, then
whole-gateway tests with real processes and a real etcd. Installs what it needs by Debian's packages where it may, and says what
is missing where it may not. Takes about 25 minutes on two cores; the log of it all is .suimon/test.log.
EOF
}

command_test() {
  if asks_for_help "$@"; then
    usage_test
    return
  fi
  check_options test -- "$@"
  ready_driver
  find_maven
  provide "the tests" etcd:etcd-server etcdctl:etcd-client curl:curl openssl:openssl h2load:nghttp2-client dnsmasq:dnsmasq-base strace:strace shellcheck:shellcheck
  shellcheck -x "$root/suimon" "$root"/deploy/local/*.sh "$root/deploy/kubernetes/make-secrets.sh" "$root/.ci/run"
  say "Testing with JDK $(jdk_version "$JAVA_HOME")"
  (cd "$root" && mvn -B -ntp verify -Pit 2>&1) | tee "$home/test.log" | grep --line-buffered -E \
    '^\[INFO\] (Building|Tests run:|Running)|^\[(ERROR|WARNING)\]|BUILD|Reactor Summary|SUCCESS|FAILURE' ||
    fail "tests failed; everything they said: $home/test.log"
  say "All tests passed."
}

# The library the node has, of which clients and origins of the benchmarks are made: on the class path.
netty() {
  printf ':%s' "$root"/data-plane/target/quarkus-app/lib/main/io.netty.*.jar
}

usage_bench() {
  cat <<'EOF'
./suimon bench [--rounds N] [--seconds N] [--case NAME[,NAME...]] [--output FILE]: measures Suimon, nginx and HAProxy (and Envoy
and Traefik where they are on the PATH) as proxies of one origin on this machine: the proxy pinned to one core, origin and load on
another, alternating rounds, medians. Prints what there is per second, latency, CPU per request and memory, each as a ratio to nginx,
and writes docs/benchmarks.md. A case in which anything is not answered as it should be is reported as failed, and so is the run. All
cases take about 30 minutes.

  --rounds N     samples per proxy and case, 1..999 (default 4)
  --seconds N    length of a sample, 1..999 (default 3)
  --case NAMES   only these cases, or groups of them:
                   http       small-50, paced, small-200, 16k, paced-16k, 1m, headers, post-1k, paced-post-1k, post-1m
                   protocols  tls, paced-tls, tls-handshakes, h2, grpc, websocket
                   plugins    plugins-3, paced-plugins-3, plugins-10
                   scale      churn, idle-10000, routes-10000, routes-100000
  --output FILE  write there instead of docs/benchmarks.md

./suimon bench admin measures the control plane's Admin API instead, ./suimon bench propagation how long changes take, ./suimon bench nodes
many nodes and many routes, ./suimon bench start how long a node takes to start: each has --help.
EOF
}

command_bench() {
  case ${1:-} in
    admin | propagation | nodes | start)
      "bench_$1" "${@:2}"
      return
      ;;
  esac
  if asks_for_help "$@"; then
    usage_bench
    return
  fi
  check_options bench --rounds 1..999 --seconds 1..999 --case names --output file -- "$@"
  ready_driver
  provide "the benchmark" nginx:nginx haproxy:haproxy wrk:wrk h2load:nghttp2-client openssl:openssl taskset:util-linux
  build_driver
  become_driver "$home/bench" "$(netty)" \
    -Dio.netty.tryReflectionSetAccessible=false --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    io.suimon.bench.Bench "$@"
}

usage_bench_admin() {
  cat <<'EOF'
./suimon bench admin [--store embedded|etcd|both] [--routes N] [--seconds N] [--output FILE]: measures the Admin API of a control
plane on this machine: writes one after the other (on etcd, beside a bare transaction of the same value) and of 16 clients, reads,
and with many routes lists, pages, filters, memory and the time to ready. Each number that has a target says whether it is met; one
that is missed is no failure. Writes docs/benchmarks-admin.md.

  --store STORE  embedded, etcd or both (default both)
  --routes N     how many "many" are, 200..1000000 (default 100000); loading ends after 150 s at the latest
  --seconds N    length of a load, 1..60 (default 5)
  --output FILE  write there instead of docs/benchmarks-admin.md
EOF
}

bench_admin() {
  if asks_for_help "$@"; then
    usage_bench_admin
    return
  fi
  check_options "bench admin" --store store --routes 200..1000000 --seconds 1..60 --output file -- "$@"
  ready_driver
  case " $* " in
    *" --store embedded "*) ;;
    *) provide "the benchmark on etcd" etcd:etcd-server ;;
  esac
  build_driver
  # etcd is also written to without the control plane, by the library the control plane has.
  become_driver "$home/bench" "$(
    printf ':%s' "$root"/control-plane/target/quarkus-app/lib/main/{io.etcd,io.grpc,io.netty,io.perfmark,com.google}.*.jar
  )" "@$root/control-plane/src/main/jib/app/jvm.options" io.suimon.bench.admin.AdminBench "$@"
}

usage_bench_propagation() {
  cat <<'EOF'
./suimon bench propagation [--store embedded|etcd|both] [--routes N[,N...]] [--nodes N[,N...]] [--samples N] [--edits N]
[--output FILE]: measures the time from the answer to a PUT to the first request that meets the changed route, at rest and while
100 other routes change per second; and what changes cost requests of a route that nobody changes. Writes
docs/benchmarks-propagation.md.

  --store STORE  embedded, etcd (one member) or both (default both)
  --routes N     how many routes there are, 1..1000000 (default 10,100000)
  --nodes N      how many nodes, 1..16 (default 1,4)
  --samples N    changes timed per case, 1..100000 (default 1000)
  --edits N      of one route while others ask, 1..1000000 (default 10000)
  --output FILE  write there instead of docs/benchmarks-propagation.md
EOF
}

bench_propagation() {
  if asks_for_help "$@"; then
    usage_bench_propagation
    return
  fi
  check_options "bench propagation" --store store --routes 1..1000000,... --nodes 1..16,... --samples 1..100000 \
    --edits 1..1000000 --output file -- "$@"
  ready_driver
  case " $* " in
    *" --store embedded "*) ;;
    *) provide "the benchmark on etcd" etcd:etcd-server etcdctl:etcd-client ;;
  esac
  build_driver
  become_driver "$home/bench" '' io.suimon.bench.propagation.PropagationBench "$@"
}

usage_bench_start() {
  cat <<'EOF'
./suimon bench start [--routes N[,N...]] [--samples N] [--output FILE]: measures how long a node takes from the start of its process
to ready, from its disk copy and without a control plane, and how fast it is in its first seconds, on one core beside nginx; as it
ships, without the recorded start, without the warm-up, and without either. Takes about six minutes; writes docs/benchmarks-start.md.

  --routes N     how many routes are in the disk copy, 1..1000000 (default 100000,10); the first seconds are of the last one
  --samples N    starts of each kind, 1..99 (default 5)
  --output FILE  write there instead of docs/benchmarks-start.md
EOF
}

bench_start() {
  if asks_for_help "$@"; then
    usage_bench_start
    return
  fi
  check_options "bench start" --routes 1..1000000,... --samples 1..99 --output file -- "$@"
  ready_driver
  provide "the benchmark" nginx:nginx wrk:wrk openssl:openssl taskset:util-linux
  build_driver
  local app=$root/control-plane/target/quarkus-app
  become_driver "$home/bench" "$(netty):$app/app/*:$app/lib/main/*:$app/lib/boot/*" \
    -Dio.netty.tryReflectionSetAccessible=false --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    io.suimon.bench.StartBench "$@"
}

usage_bench_nodes() {
  cat <<'EOF'
./suimon bench nodes fleet N[,N...]: one control plane with so many simulated nodes, each on a connection of its own: from a PUT to
the last acknowledgement, and what the control plane needs for it.

./suimon bench nodes routes N[,N...]: one node with so many routes: from its first snapshot to routing, its live heap, and what one
change costs then.

N is 1..1000000. Prints the tables of docs/scale.md; ends with 1 when a target is missed.
EOF
}

bench_nodes() {
  if asks_for_help "$@"; then
    usage_bench_nodes
    return
  fi
  case $#:${1:-} in
    2:fleet | 2:routes) check_value "bench nodes $1" "$2" 1..1000000,... ;;
    *) refuse "bench nodes: ${*:-nothing} (expected: fleet N[,N...] or routes N[,N...])" ;;
  esac
  ready_driver
  build_driver
  local app=$root/control-plane/target/quarkus-app
  become_driver "$home/bench" ":$app/app/*:$app/lib/main/*:$app/lib/boot/*" -Xmx1g io.suimon.bench.NodesBench "$@"
}

usage_chaos() {
  cat <<'EOF'
./suimon chaos list
./suimon chaos run NAME...|--short|--all|--random [--seed S] [--minutes M] [--steady SECONDS] [--output FOLDER]: starts three
etcd members, two control planes and two nodes on loopback, breaks them as the promises say, and measures requests, reads and
writes, and whether the control planes reach etcd, before, during and after. Says for each promise what was expected and what was seen.
Ends with 0 when every promise that could be tried was kept, 1 when one was broken, 2 when the command line was wrong, and 3 when none
could be tried here.

  NAME...           these experiments, in this order (./suimon chaos list)
  --short           the three that CI runs, about a minute
  --all             every one, about fifteen minutes; four need root, one of them nft, too: without, the report says "not run"
  --random          faults drawn at random; what must hold throughout is judged at the end
  --seed S          with --random: draws the same faults again
  --minutes M       with --random: how long, 1..1440 (default 5)
  --steady SECONDS  how long it is watched before and after each fault, 1..600 (default 5)
  --output FOLDER   where chaos.md, chaos.html with the curves, and the logs go (default .suimon/chaos)
EOF
}

# Refuses what cannot be run, and what would be without meaning.
check_chaos_run() {
  local run='' random='' of_random=''
  check_options chaos NAME flag --short flag --all flag --random flag --seed 1..9223372036854775807 --minutes 1..1440 \
    --steady 1..600 --output folder -- "$@"
  while [ $# -gt 0 ]; do
    case $1 in
      --random) random=yes run=yes ;;
      --seed | --minutes)
        of_random=${of_random:-$1: $2}
        shift
        ;;
      --steady | --output) shift ;;
      *) run=yes ;;
    esac
    shift
  done
  [ -n "$random" ] || [ -z "$of_random" ] || refuse "$of_random (expected: only together with --random)"
  [ -n "$run" ] || refuse "nothing to run (expected: names, --all, --short or --random; see ./suimon chaos list)"
}

command_chaos() {
  if asks_for_help "$@"; then
    usage_chaos
    return
  fi
  case $#:${1:-} in
    1:list)
      ready_driver
      compile_driver
      ;;
    *:run)
      check_chaos_run "${@:2}"
      ready_driver
      provide "the experiments" etcd:etcd-server etcdctl:etcd-client
      build_driver
      ;;
    *) refuse "${*:-no command} (expected: list, or run; see ./suimon chaos --help)" ;;
  esac
  become_driver "$home/chaos" '' io.suimon.chaos.Chaos "$@"
}

usage_soak() {
  cat <<'EOF'
./suimon soak [--minutes M] [--seconds S] [--output FOLDER]: starts a control plane and a node on loopback and lets traffic of every
kind work on the node: HTTP/1.1, TLS, HTTP/2, gRPC, WebSockets and uploads, with origins that reset, hang and break off, clients that
go away in the middle, ten changes of the configuration a second, and a control plane that is killed and started again. Prints how it
goes, and in the end whether every visit was as it should be, and the node has the connections, buffers, file descriptors and threads
it began with, and memory that does not grow. Ends by itself, with 0 when all of that holds, 1 when it does not, and 2 when the
command line was wrong.

  --minutes M      how long there is traffic, 1..1440 (default 30); about a minute more goes to what is measured at rest
  --seconds S      the same in seconds, 1..3600
  --output FOLDER  where the logs go (default .suimon/soak)
EOF
}

command_soak() {
  if asks_for_help "$@"; then
    usage_soak
    return
  fi
  check_options soak --minutes 1..1440 --seconds 1..3600 --output folder -- "$@"
  ready_driver
  provide "the soak" openssl:openssl
  build_driver
  become_driver "$home/soak" "$(netty)" \
    -Dio.netty.tryReflectionSetAccessible=false --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    io.suimon.soak.Soak "$@"
}
